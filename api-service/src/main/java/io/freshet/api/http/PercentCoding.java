package io.freshet.api.http;

import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of RFC 3986, read strictly: it is valid UTF-8, or it is refused. */
final class PercentCoding {

    private static final String HEX = "0123456789ABCDEF";

    private PercentCoding() {}

    /**
     * Decodes.
     *
     * @param code of the problem when it cannot be decoded
     */
    static String decode(String encoded, ProblemCode code) {
        return encoded.indexOf('%') < 0 ? encoded : decoded(encoded, code);
    }

    /** Encodes all but letters, digits and {@code -._~:}: fit for a path, a query or a header. */
    static String encode(String text) {
        var encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~:".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >>> 4)).append(HEX.charAt(c & 0xF));
            }
        }
        return encoded.toString();
    }

    private static String decoded(String encoded, ProblemCode code) {
        var bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.put(octet(encoded, i, code));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException _) {
            throw new ProblemException(code, "what is percent-encoded must be valid UTF-8");
        }
    }

    private static byte octet(String encoded, int at, ProblemCode code) {
        int high = at + 2 < encoded.length() ? Character.digit(encoded.charAt(at + 1), 16) : -1;
        int low = high >= 0 ? Character.digit(encoded.charAt(at + 2), 16) : -1;
        if (low < 0) {
            throw new ProblemException(code, "'%' must be followed by two hexadecimal digits");
        }
        return (byte) (high << 4 | low);
    }
}
