package io.freshet.engine.lease;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Who holds a lease or a lock: one attempt of one caller, and none other ever. */
public record Holder(String id) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    public Holder {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("a holder is 16 hexadecimal digits, not " + id);
        }
    }

    /** A new one, by 64 random bits. */
    public static Holder random() {
        return new Holder("%016x".formatted(ThreadLocalRandom.current().nextLong()));
    }

    @Override
    public String toString() {
        return id;
    }
}
