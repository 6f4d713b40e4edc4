package io.freshet.contracts.codec;

import io.freshet.contracts.id.EntryKey;
import java.util.Collection;

/** How much of a record its keys take, at most; it is never written to know that. */
public final class KeyBytes {

    /**
     * What the keys of a record may take. The router sets records aside that are too long, and may
     * be told to take no more than 16 KB.
     */
    public static final int PER_RECORD = 12 * 1024;

    private static final int LARGEST_CHARACTER = 3;
    private static final int QUOTES_AND_COMMA = 3;

    private KeyBytes() {}

    public static int of(EntryKey key) {
        return LARGEST_CHARACTER * key.value().length() + QUOTES_AND_COMMA;
    }

    /** Of all of them. */
    public static int of(Collection<EntryKey> keys) {
        int bytes = 0;
        for (EntryKey key : keys) {
            bytes += of(key);
        }
        return bytes;
    }
}
