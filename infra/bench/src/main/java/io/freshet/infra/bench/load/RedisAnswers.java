package io.freshet.infra.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers of Redis: simple ones, numbers and strings. */
public final class RedisAnswers implements AnswerReader {

    private final StringBuilder line = new StringBuilder(32);
    private long bytesLeft;
    private boolean good;

    @Override
    public boolean take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (bytesLeft > 0) {
                int now = (int) Math.min(bytesLeft, bytes.remaining());
                bytes.position(bytes.position() + now);
                bytesLeft -= now;
                if (bytesLeft == 0) {
                    return true;
                }
                continue;
            }
            char next = (char) bytes.get();
            if (next != '\n') {
                line.append(next);
            } else if (begin()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the answer was the line alone. */
    private boolean begin() {
        String text = line.toString().strip();
        line.setLength(0);
        good = text.charAt(0) != '-' && !text.equals("$-1");
        if (text.charAt(0) != '$' || text.equals("$-1")) {
            return true;
        }
        bytesLeft = Long.parseLong(text.substring(1)) + 2;
        return false;
    }

    @Override
    public boolean isGood() {
        return good;
    }

    /** A command as bytes. */
    public static byte[] command(String... words) {
        var text = new StringBuilder("*").append(words.length).append("\r\n");
        for (String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
