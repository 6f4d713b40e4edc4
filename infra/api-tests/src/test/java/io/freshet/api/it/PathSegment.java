package io.freshet.api.it;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A segment of a path as RFC 3986 allows it, and the key that it must mean. */
record PathSegment(String encoded) {

    /** What stands for itself. */
    static final String PCHAR =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@";

    private static final int MAX_KEY_BYTES = 512;

    /** Every character that may stand for itself, and every byte percent-encoded. */
    static Stream<PathSegment> singles() {
        return Stream.concat(
                PCHAR.chars().mapToObj(c -> new PathSegment(Character.toString(c))),
                IntStream.range(0, 0x100).mapToObj(b -> new PathSegment("%%%02x".formatted(b))));
    }

    /** Those that servers and frameworks are known to treat in ways of their own. */
    static Stream<PathSegment> table() {
        return Stream.of(
                        "..",
                        "...",
                        "%2E%2E",
                        "%2e",
                        "..%2F..",
                        "a%2Fb",
                        "%2F",
                        "a;b",
                        "a;b=c",
                        ";",
                        "a=b&c=d",
                        "a+b",
                        "a%20b",
                        "%2525",
                        "a%5Cb",
                        "%5B%5D",
                        "%7Bkey%7D",
                        "{key}".replace("{", "%7b").replace("}", "%7d"),
                        "%22%3Cscript%3E",
                        "%C3%A9",
                        "e%CC%81",
                        "%F0%9F%98%80",
                        "%EF%BB%BFbom",
                        "%EF%BF%BF",
                        "%C0%80",
                        "%C0%AF",
                        "%ED%A0%80",
                        "%F4%90%80%80",
                        "%F0%9F%98",
                        "%C2%85",
                        "%7F",
                        "a%0D%0AX-Header:b",
                        "%00",
                        "favicon.ico",
                        "a.json",
                        "stats.",
                        "Keys",
                        "%6Beys",
                        "k".repeat(512),
                        "k".repeat(513),
                        "%C3%A9".repeat(256),
                        "%C3%A9".repeat(257),
                        "%F0%9F%98%80".repeat(128),
                        "k".repeat(4_000))
                .map(PathSegment::new);
    }

    /** Characters, encoded bytes and encoded text, some hundreds at most. */
    static PathSegment random(Random random) {
        var encoded = new StringBuilder("r");
        int length = random.nextInt(random.nextBoolean() ? 8 : 300);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(8)) {
                case 0 -> encoded.append(anyText(random));
                case 1 -> encoded.append(length < 8 ? anyByte(random) : anyText(random));
                default -> encoded.append(PCHAR.charAt(random.nextInt(PCHAR.length())));
            }
        }
        return new PathSegment(encoded.toString());
    }

    private static String anyByte(Random random) {
        return "%%%02X".formatted(random.nextInt(0x100));
    }

    private static String anyText(Random random) {
        int codePoint = random.nextInt(0x20, 0x10FFFF);
        var encoded = new StringBuilder();
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02X".formatted(b));
        }
        return encoded.toString();
    }

    /** The key; empty when it must be refused. */
    Optional<String> key() {
        byte[] bytes = octets();
        if (bytes.length == 0 || bytes.length > MAX_KEY_BYTES) {
            return Optional.empty();
        }
        try {
            String key =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return key.chars().anyMatch(Character::isISOControl)
                    ? Optional.empty()
                    : Optional.of(key);
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private byte[] octets() {
        var octets = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            octets.write(c == '%' ? Integer.parseInt(encoded, i + 1, i + 3, 16) : c);
            i += c == '%' ? 2 : 0;
        }
        return octets.toByteArray();
    }

    @Override
    public String toString() {
        return encoded.length() < 60 ? encoded : encoded.substring(0, 60) + "...";
    }
}
