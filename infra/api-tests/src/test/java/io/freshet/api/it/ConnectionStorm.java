package io.freshet.api.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens many connections to a port of this machine, keeps all of them, and asks something on each.
 * A process of its own: it and the service together have more files open than one may.
 */
final class ConnectionStorm {

    private static final byte[] REQUEST =
            "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private ConnectionStorm() {}

    /** Prints how many were opened and how many were answered, then waits for its input to end. */
    public static void main(String[] arguments) throws IOException {
        var address =
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        List<SocketChannel> open = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            open.add(SocketChannel.open(address));
        }
        for (SocketChannel each : open) {
            each.write(ByteBuffer.wrap(REQUEST));
        }
        int answered = 0;
        for (SocketChannel each : open) {
            var answer = ByteBuffer.allocate(4096);
            answered += each.read(answer) > 0 ? 1 : 0;
        }
        System.out.println(open.size() + " " + answered);
        while (System.in.read() >= 0) {
            // Until it is told to go.
        }
    }
}
