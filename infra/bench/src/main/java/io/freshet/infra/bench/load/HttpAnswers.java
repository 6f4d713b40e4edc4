package io.freshet.infra.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Answers of HTTP/1.1 with a length; bodies are counted, not kept. */
public final class HttpAnswers implements AnswerReader {

    private static final String LENGTH = "content-length:";

    private final StringBuilder head = new StringBuilder(512);
    private boolean inBody;
    private long bodyLeft;
    private boolean good;

    @Override
    public boolean take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (inBody) {
                int now = (int) Math.min(bodyLeft, bytes.remaining());
                bytes.position(bytes.position() + now);
                bodyLeft -= now;
            } else {
                head.append((char) (bytes.get() & 0xFF));
                if (endsHead()) {
                    begin(head.toString());
                    head.setLength(0);
                }
            }
            if (inBody && bodyLeft == 0) {
                inBody = false;
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isGood() {
        return good;
    }

    private boolean endsHead() {
        int end = head.length();
        return end >= 4
                && head.charAt(end - 1) == '\n'
                && head.charAt(end - 2) == '\r'
                && head.charAt(end - 3) == '\n';
    }

    private void begin(String text) {
        good = text.startsWith("HTTP/1.1 2");
        String lower = text.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without a length: " + text);
        }
        int end = lower.indexOf('\r', at);
        bodyLeft = Long.parseLong(lower.substring(at + LENGTH.length(), end).strip());
        inBody = true;
    }

    /** A request as bytes. */
    public static byte[] request(
            String method, String path, String headers, byte[] body, String token) {
        String head =
                "%s %s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\n%s%s\r\n"
                        .formatted(
                                method,
                                path,
                                token,
                                headers,
                                body.length == 0
                                        ? ""
                                        : "Content-Type: application/json\r\nContent-Length: "
                                                + body.length
                                                + "\r\n");
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(start.length + body.length).put(start).put(body).array();
    }
}
