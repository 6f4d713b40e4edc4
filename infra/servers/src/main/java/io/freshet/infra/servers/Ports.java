package io.freshet.infra.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/**
 * TCP ports of 127.0.0.1.
 *
 * <p>Free ports are looked for below the range that the kernel gives to outgoing connections.
 * Inside it, a client that keeps trying to reach a killed server would sooner or later connect to
 * itself and so take the port away from the server that comes back.
 */
public final class Ports {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 5;

    private Ports() {}

    /** A port that nothing listens on at this moment. */
    public static int free() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new ServerStartException(
                "No free port between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1");
    }

    /**
     * Starts something on the wanted port or, for 0, on a free one; on another if somebody else
     * took that in the meantime.
     */
    static <S> S choose(int wanted, IntFunction<S> start) {
        if (wanted != 0) {
            return start.apply(wanted);
        }
        for (int attempt = 1; ; attempt++) {
            int port = free();
            try {
                return start.apply(port);
            } catch (ServerStartException e) {
                if (attempt == ATTEMPTS || isFree(port)) {
                    throw e;
                }
            }
        }
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /**
     * Checks that a server can listen on a port.
     *
     * @throws ServerStartException naming the port, if it cannot
     */
    public static void requireFree(int port, String server) {
        if (!isFree(port)) {
            throw new ServerStartException(
                    "Port "
                            + port
                            + " is taken, so "
                            + server
                            + " cannot listen there: stop what uses it, or choose another port");
        }
    }

    static void requireValid(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
    }
}
