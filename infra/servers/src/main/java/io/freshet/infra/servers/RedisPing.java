package io.freshet.infra.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The question whether a Redis answers commands. */
final class RedisPing {
    private static final int TIMEOUT_MILLIS = 1_000;

    private RedisPing() {}

    /** False while it refuses connections, and while it still loads its data. */
    static boolean answered(String host, int port) {
        try (Socket socket = new Socket(InetAddress.getByName(host), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] reply = socket.getInputStream().readNBytes(5);
            return new String(reply, StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }
}
