package io.freshet.infra.local.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A token or password of a local instance: random at the first start, the same ever after. */
public record Secret(String value) {
    private static final int BYTES = 24;

    /**
     * The secret in the file, which is made, readable by its owner alone, when it is absent or
     * empty.
     */
    public static Secret keptIn(Path file) throws IOException {
        if (Files.exists(file)) {
            String kept = Files.readString(file).strip();
            if (!kept.isEmpty()) {
                return new Secret(kept);
            }
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        var secret = new Secret(HexFormat.of().formatHex(random));
        TextFile.replace(file, secret.value() + "\n");
        return secret;
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "Secret[...]";
    }
}
