package io.freshet.engine;

import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.lease.Holder;
import org.jspecify.annotations.Nullable;

/**
 * The log position that a miss was answered at; what the caller loads afterwards may carry it as
 * its stamp.
 *
 * @param lease null when the caller holds none on the key
 */
public record MissToken(LogPosition position, @Nullable Holder lease) {

    /** One without a lease. */
    public MissToken(LogPosition position) {
        this(position, null);
    }

    /**
     * Reads {@code partition.epoch.position}, and {@code .lease} behind it if there is one.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static MissToken parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3 && parts.length != 4) {
            throw new IllegalArgumentException("a miss token is as a miss answered it");
        }
        try {
            return new MissToken(
                    new LogPosition(
                            Integer.parseUnsignedInt(parts[0]),
                            Stamp.of(Integer.parseInt(parts[1]), Long.parseLong(parts[2]))),
                    parts.length == 4 ? new Holder(parts[3]) : null);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a miss token is as a miss answered it", e);
        }
    }

    @Override
    public String toString() {
        Stamp stamp = position.stamp();
        String noted = position.partition() + "." + stamp.epoch() + "." + stamp.position();
        return lease == null ? noted : noted + "." + lease;
    }
}
