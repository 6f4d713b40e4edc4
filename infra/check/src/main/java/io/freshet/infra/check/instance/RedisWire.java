package io.freshet.infra.check.instance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A Redis, asked with bare commands: a connection for each. */
public final class RedisWire {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final int port;

    public RedisWire(int port) {
        this.port = port;
    }

    /**
     * Sends a command of words without spaces and returns what it answers, as text.
     *
     * @throws IOException also for an error that Redis answers
     */
    public String ask(String command) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedInputStream(socket.getInputStream());
            String line = line(in);
            return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                case '+', ':' -> line.substring(1);
                case '$' ->
                        new String(
                                in.readNBytes(Integer.parseInt(line.substring(1))),
                                StandardCharsets.UTF_8);
                default -> throw new IOException(command + ": " + line);
            };
        }
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }
}
