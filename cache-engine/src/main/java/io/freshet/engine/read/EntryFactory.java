package io.freshet.engine.read;

import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.NewValue;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.source.Loaded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** Makes entries out of what a source or a caller brings: gives them their times. */
final class EntryFactory {

    /** Longest time for which it is remembered that a source has no such key. */
    static final Duration ABSENT_TTL = Duration.ofMinutes(1);

    private static final byte[] NOTHING = new byte[0];

    private final InstantSource clock;

    EntryFactory(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    Entry of(NamespaceConfig namespace, Loaded loaded, Stamp stamp, Duration loadCost) {
        Duration ttl = namespace.defaultTtl();
        return switch (loaded) {
            case Loaded.Value(var bytes, var contentType, var tags) ->
                    entry(EntryHeader.Kind.VALUE, stamp, ttl, loadCost, contentType, tags, bytes);
            case Loaded.Absent() ->
                    entry(
                            EntryHeader.Kind.ABSENT,
                            stamp,
                            ttl.compareTo(ABSENT_TTL) < 0 ? ttl : ABSENT_TTL,
                            loadCost,
                            EntryHeader.JSON,
                            Set.of(),
                            NOTHING);
        };
    }

    Entry of(NamespaceConfig namespace, NewValue value, Stamp stamp) {
        Duration ttl = value.ttl() == null ? namespace.defaultTtl() : value.ttl();
        return entry(
                EntryHeader.Kind.VALUE,
                stamp,
                ttl,
                Duration.ZERO,
                value.contentType(),
                value.tags(),
                value.bytes());
    }

    private Entry entry(
            EntryHeader.Kind kind,
            Stamp stamp,
            Duration ttl,
            Duration loadCost,
            String contentType,
            Set<Tag> tags,
            byte[] bytes) {
        Instant created = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant expiry = created.plusMillis(ttl.toMillis());
        var header =
                new EntryHeader(
                        kind,
                        stamp,
                        Stamp.ZERO,
                        created,
                        expiry,
                        expiry,
                        loadCost,
                        contentType,
                        tags);
        return new Entry(header, bytes);
    }
}
