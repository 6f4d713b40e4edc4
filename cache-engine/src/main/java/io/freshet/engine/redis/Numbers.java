package io.freshet.engine.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Numbers as arguments of scripts. */
final class Numbers {

    private Numbers() {}

    static byte[] ascii(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }
}
