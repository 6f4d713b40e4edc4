package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A connection that is used until the server ends it; what is sent is not looked at. */
final class KeptConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private boolean ended;

    KeptConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Whether the last answer was the last of this connection. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Sends and reads one answer.
     *
     * @param isHead whether the answer has no body whatever it says
     */
    HttpAnswer ask(byte[] request, boolean isHead) throws IOException {
        socket.getOutputStream().write(request);
        String status = line();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status.split(" ", -1)[1]);
        HttpHeaders all = HttpHeaders.of(headers, (_, _) -> true);
        ended = all.firstValue("Connection").orElse("").equalsIgnoreCase("close");
        boolean isEmpty = isHead || code == 304 || code == 204;
        int length = isEmpty ? 0 : (int) all.firstValueAsLong("Content-Length").orElse(0);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer is cut off");
        }
        return new HttpAnswer(code, all, body);
    }

    private String line() throws IOException {
        var text = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("no answer");
            }
            text.append((char) c);
        }
        return text.toString().strip();
    }

    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
