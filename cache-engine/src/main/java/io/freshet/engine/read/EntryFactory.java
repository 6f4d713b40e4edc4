package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.NewValue;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.eviction.TtlJitter;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Refresh;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.structure.Lifetime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** Makes entries out of what a source or a caller brings: gives them their times. */
final class EntryFactory {

    private static final byte[] NOTHING = new byte[0];

    private final InstantSource clock;

    EntryFactory(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** What a source has, or has not. */
    Entry of(
            NamespaceConfig namespace,
            EntryKey key,
            Loaded loaded,
            Stamp stamp,
            Duration loadCost) {
        Duration ttl = namespace.ttlOf(key);
        return switch (loaded) {
            case Loaded.Value(var bytes, var contentType, var tags) ->
                    new Entry(
                            value(namespace, key, stamp, ttl, loadCost, contentType, tags), bytes);
            case Loaded.Absent() -> absent(namespace.refreshOf(key), stamp, ttl, loadCost);
        };
    }

    /** What a caller brings. */
    Entry of(NamespaceConfig namespace, EntryKey key, NewValue value, Stamp stamp) {
        Duration ttl = value.ttl() == null ? namespace.ttlOf(key) : value.ttl();
        return new Entry(
                value(namespace, key, stamp, ttl, Duration.ZERO, value.contentType(), value.tags()),
                value.bytes());
    }

    /** The header of a structure that begins now. */
    EntryHeader structure(
            NamespaceConfig namespace, EntryKey key, Kind kind, Lifetime lifetime, Stamp stamp) {
        Duration ttl = lifetime.ttl() == null ? namespace.ttlOf(key) : lifetime.ttl();
        return header(
                kind, namespace, key, stamp, ttl, Duration.ZERO, EntryHeader.JSON, lifetime.tags());
    }

    private EntryHeader value(
            NamespaceConfig namespace,
            EntryKey key,
            Stamp stamp,
            Duration ttl,
            Duration loadCost,
            String contentType,
            Set<Tag> tags) {
        return header(Kind.VALUE, namespace, key, stamp, ttl, loadCost, contentType, tags);
    }

    private EntryHeader header(
            Kind kind,
            NamespaceConfig namespace,
            EntryKey key,
            Stamp stamp,
            Duration ttl,
            Duration loadCost,
            String contentType,
            Set<Tag> tags) {
        Instant created = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant stale = created.plusMillis(TtlJitter.of(namespace, key, ttl).toMillis());
        return new EntryHeader(
                kind,
                stamp,
                Stamp.ZERO,
                created,
                stale,
                stale.plusMillis(grace(namespace, key).toMillis()),
                loadCost,
                contentType,
                tags);
    }

    /** For how long a value is of use after its TTL: only where it can be loaded anew. */
    private static Duration grace(NamespaceConfig namespace, EntryKey key) {
        Refresh refresh = namespace.refreshOf(key);
        Duration longer =
                refresh.staleIfError().compareTo(refresh.staleWhileRevalidate()) > 0
                        ? refresh.staleIfError()
                        : refresh.staleWhileRevalidate();
        return namespace.source() == null ? Duration.ZERO : longer;
    }

    private Entry absent(Refresh refresh, Stamp stamp, Duration ttl, Duration loadCost) {
        Instant created = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Duration remembered =
                ttl.compareTo(refresh.negativeTtl()) < 0 ? ttl : refresh.negativeTtl();
        Instant forgotten = created.plusMillis(remembered.toMillis());
        var header =
                new EntryHeader(
                        Kind.ABSENT,
                        stamp,
                        Stamp.ZERO,
                        created,
                        forgotten,
                        forgotten,
                        loadCost,
                        EntryHeader.JSON,
                        Set.of());
        return new Entry(header, NOTHING);
    }
}
