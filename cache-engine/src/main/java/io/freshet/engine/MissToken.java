package io.freshet.engine;

import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;

/**
 * The log position that a miss was answered at; what the caller loads afterwards may carry it as
 * its stamp.
 */
public record MissToken(LogPosition position) {

    /**
     * Reads {@code partition.epoch.position}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static MissToken parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a miss token is as a miss answered it");
        }
        try {
            return new MissToken(
                    new LogPosition(
                            Integer.parseUnsignedInt(parts[0]),
                            Stamp.of(Integer.parseInt(parts[1]), Long.parseLong(parts[2]))));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a miss token is as a miss answered it", e);
        }
    }

    @Override
    public String toString() {
        Stamp stamp = position.stamp();
        return position.partition() + "." + stamp.epoch() + "." + stamp.position();
    }
}
