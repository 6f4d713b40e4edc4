package io.freshet.api.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy on the way to a server that lets its answers arrive late: each after the delay, not
 * one after another.
 */
final class SlowRoad implements AutoCloseable {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Parcel(byte[] bytes, long due) {}

    private static final byte[] END = new byte[0];

    private final ServerSocket entrance;
    private final int destination;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;

    /**
     * @param destination a port on this machine
     */
    SlowRoad(int destination) throws IOException {
        this.destination = destination;
        entrance = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** From now on. */
    void delay(Duration answers) {
        delay = answers;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                connect(entrance.accept());
            } catch (IOException _) {
                // Closed, or the server is away: the caller sees that.
            }
        }
    }

    private void connect(Socket near) throws IOException {
        sockets.add(near);
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), destination);
        } catch (IOException e) {
            near.close();
            throw e;
        }
        sockets.add(far);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        Thread.startVirtualThread(() -> carry(near, far, false));
        Thread.startVirtualThread(() -> carry(far, near, true));
    }

    private void carry(Socket from, Socket to, boolean late) {
        var parcels = new LinkedBlockingQueue<Parcel>();
        Thread.startVirtualThread(() -> deliver(parcels, to));
        try (from) {
            InputStream in = from.getInputStream();
            var buffer = new byte[65_536];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                long wait = late ? delay.toNanos() : 0;
                parcels.add(new Parcel(Arrays.copyOf(buffer, read), System.nanoTime() + wait));
            }
        } catch (IOException _) {
            // The end of this way.
        }
        parcels.add(new Parcel(END, System.nanoTime()));
    }

    private static void deliver(BlockingQueue<Parcel> parcels, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Parcel next = parcels.take(); next.bytes.length > 0; next = parcels.take()) {
                for (long left; (left = next.due - System.nanoTime()) > 0; ) {
                    LockSupport.parkNanos(left);
                }
                out.write(next.bytes);
            }
        } catch (IOException _) {
            // The end of this way.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
