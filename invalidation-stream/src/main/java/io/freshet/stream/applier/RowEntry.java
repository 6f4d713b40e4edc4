package io.freshet.stream.applier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The entry that a row becomes. */
final class RowEntry {

    private RowEntry() {}

    static Entry of(Eviction.Replacement replacement) {
        var expiry = replacement.hardExpiry().truncatedTo(ChronoUnit.MILLIS);
        var header =
                new EntryHeader(
                        EntryHeader.Kind.VALUE,
                        replacement.killsBelow(),
                        Stamp.ZERO,
                        replacement.created().truncatedTo(ChronoUnit.MILLIS),
                        expiry,
                        expiry,
                        Duration.ZERO,
                        EntryHeader.JSON,
                        replacement.row().tags());
        return new Entry(header, replacement.row().json().getBytes(UTF_8));
    }
}
