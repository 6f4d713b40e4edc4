package io.freshet.warmer.verify;

import io.freshet.engine.source.Loaded;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is under a key, as far as two of them can be told apart. */
public sealed interface Content {

    /** A value, by a digest of its bytes: values are neither kept nor told. */
    record Value(String digest) implements Content {

        public static Value of(byte[] bytes) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Value(HexFormat.of().formatHex(digest, 0, 16));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    /** Nothing. */
    record Absent() implements Content {}

    static Content of(Loaded loaded) {
        return switch (loaded) {
            case Loaded.Value(var bytes, _, _) -> Value.of(bytes);
            case Loaded.Absent() -> new Absent();
        };
    }
}
