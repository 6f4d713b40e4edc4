package io.freshet.engine.redis;

import io.freshet.contracts.position.Stamp;
import io.freshet.engine.store.Marker;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A marker as Redis holds it: begun, applied, next offset, barrier; 8 bytes each, big endian. */
final class MarkerFormat {

    private static final int BYTES = 32;

    private MarkerFormat() {}

    /** Null when the bytes are none, or there are none. */
    static @Nullable Marker decode(@Nullable ByteBuffer bytes) {
        if (bytes == null || bytes.remaining() != BYTES) {
            return null;
        }
        try {
            return new Marker(
                    new Stamp(bytes.getLong()),
                    new Stamp(bytes.getLong()),
                    bytes.getLong(),
                    new Stamp(bytes.getLong()));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    static @Nullable Marker decode(byte @Nullable [] bytes) {
        return bytes == null ? null : decode(ByteBuffer.wrap(bytes));
    }
}
