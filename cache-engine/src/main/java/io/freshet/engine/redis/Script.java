package io.freshet.engine.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The atomic steps of the store; each is a file beside this class, which states its contract.
 * Before its text stand the files that it builds on.
 */
enum Script {
    FILL("account", "terms"),
    PUT("account", "terms"),
    EVICT("account"),
    APPLY("account"),
    INITIALISE,
    SURVEY("account"),
    QUOTA("account"),
    RELIEVE("account"),
    TOUCH("account"),
    KEYS("account"),
    METADATA("account"),
    LIST("account", "terms", "structure"),
    SET("account", "terms", "structure"),
    HASH("account", "terms", "structure"),
    COUNTER("account", "terms", "structure"),
    LOOK,
    CLAIM,
    RELEASE,
    LOCK,
    GRANT,
    RENEW,
    UNLOCK,
    LOCKED;

    private final String body;
    private final String digest;

    Script(String... before) {
        body =
                Stream.concat(Stream.of(before), Stream.of(name().toLowerCase(Locale.ROOT)))
                        .map(file -> read(file + ".lua"))
                        .collect(Collectors.joining("\n"));
        digest = sha1(body);
    }

    String body() {
        return body;
    }

    /** By which Redis knows a loaded script. */
    String digest() {
        return digest;
    }

    private static String read(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(body.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
