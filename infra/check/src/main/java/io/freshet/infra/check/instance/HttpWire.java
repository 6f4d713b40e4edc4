package io.freshet.infra.check.instance;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One kept connection to an HTTP server, which speaks as little of HTTP/1.1 as the check needs.
 *
 * <p>The JDK's client hands each request from thread to thread, which on a machine that is busy
 * with everything else costs more than the request. Not thread-safe; after an exception it is of no
 * more use.
 */
final class HttpWire implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;

    /**
     * What was answered.
     *
     * @param headers by name in lower case
     */
    record Response(int status, Map<String, String> headers, String body) {}

    private HttpWire(Socket socket, String host) throws IOException {
        this.socket = socket;
        this.host = host;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    static HttpWire to(URI server) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(
                    new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
            return new HttpWire(socket, server.getAuthority());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a request and reads its answer. */
    Response ask(String method, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        var head = new StringBuilder();
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
        headers.forEach(
                (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
        if (body.length > 0) {
            head.append("\r\nContent-Length: ").append(body.length);
        }
        out.write(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return answer();
    }

    private Response answer() throws IOException {
        String status = line();
        var headers = new HashMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body =
                "chunked".equals(headers.get("transfer-encoding"))
                        ? chunks()
                        : bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Response(
                Integer.parseInt(status.substring(9, 12)),
                headers,
                new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            byte[] chunk = bytes(Integer.parseInt(line(), 16));
            line();
            if (chunk.length == 0) {
                return all.toByteArray();
            }
            all.write(chunk);
        }
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer is cut off");
        }
        return bytes;
    }

    private String line() throws IOException {
        var text = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("no answer");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone all the same.
        }
    }
}
