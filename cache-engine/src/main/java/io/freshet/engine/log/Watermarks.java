package io.freshet.engine.log;

import io.freshet.contracts.event.Event.Heartbeat;
import io.freshet.contracts.id.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Up to which commit of each source everything is in force on this node.
 *
 * <p>A heartbeat promises that everything committed at or before it has come before it by the same
 * inbox partition. So what a log partition promises is the least of the last heartbeats by each
 * inbox partition, and nothing until there was one by each.
 *
 * <p>One thread writes ({@link #heartbeat}); any thread reads, without locks.
 */
public final class Watermarks {

    private final int logPartitions;
    private final int inboxPartitions;
    private final Map<String, OfSource> sources = new ConcurrentHashMap<>();

    public Watermarks(int logPartitions, int inboxPartitions) {
        this.logPartitions = logPartitions;
        this.inboxPartitions = inboxPartitions;
    }

    /**
     * Everything that the source committed at or before {@code lsn}, and {@code at}, is in force.
     */
    public record Watermark(Lsn lsn, Instant at) {}

    /**
     * Takes a heartbeat that a log partition brought by an inbox partition.
     *
     * <p>One that is older than the last in both its LSN and its time is a repetition and changes
     * nothing. An older LSN with a later time is believed: the database was rewound.
     */
    public void heartbeat(int logPartition, int inboxPartition, Heartbeat heartbeat) {
        if (inboxPartition < inboxPartitions) {
            sources.computeIfAbsent(
                            heartbeat.source(), _ -> new OfSource(logPartitions, inboxPartitions))
                    .take(logPartition, inboxPartition, heartbeat);
        }
    }

    /** What one log partition promises of a source; empty until each inbox partition was heard. */
    public Optional<Watermark> watermark(String source, int logPartition) {
        OfSource of = sources.get(source);
        return of == null ? Optional.empty() : Optional.ofNullable(of.marks[logPartition]);
    }

    /** How old the oldest promise of any log partition is; empty until there is one of each. */
    public Optional<Duration> age(String source, Instant now) {
        OfSource of = sources.get(source);
        Instant oldest = of == null ? null : of.oldest;
        return oldest == null ? Optional.empty() : Optional.of(Duration.between(oldest, now));
    }

    /** As {@link #age(String, Instant)}, of one log partition. */
    public Optional<Duration> age(String source, int logPartition, Instant now) {
        return watermark(source, logPartition).map(mark -> Duration.between(mark.at(), now));
    }

    /** The sources that were heard of. */
    public Set<String> sources() {
        return Set.copyOf(sources.keySet());
    }

    /** Writes go to a copy of an array, whose publication makes them visible. */
    private static final class OfSource {

        private final @Nullable Heartbeat[][] last;
        private volatile @Nullable Watermark[] marks;
        private volatile @Nullable Instant oldest;

        OfSource(int logPartitions, int inboxPartitions) {
            last = new Heartbeat[logPartitions][inboxPartitions];
            marks = new Watermark[logPartitions];
        }

        void take(int logPartition, int inboxPartition, Heartbeat heartbeat) {
            Heartbeat held = last[logPartition][inboxPartition];
            if (held != null
                    && heartbeat.lsn().compareTo(held.lsn()) <= 0
                    && !heartbeat.at().isAfter(held.at())) {
                return;
            }
            last[logPartition][inboxPartition] = heartbeat;
            @Nullable Watermark[] updated = marks.clone();
            updated[logPartition] = least(last[logPartition]);
            marks = updated;
            oldest = oldest(updated);
        }

        private static @Nullable Watermark least(@Nullable Heartbeat[] heartbeats) {
            Lsn lsn = null;
            Instant at = null;
            for (Heartbeat heartbeat : heartbeats) {
                if (heartbeat == null) {
                    return null;
                }
                lsn = lsn == null || heartbeat.lsn().compareTo(lsn) < 0 ? heartbeat.lsn() : lsn;
                at = at == null || heartbeat.at().isBefore(at) ? heartbeat.at() : at;
            }
            return lsn == null || at == null ? null : new Watermark(lsn, at);
        }

        private static @Nullable Instant oldest(@Nullable Watermark[] marks) {
            if (Arrays.stream(marks).anyMatch(mark -> mark == null)) {
                return null;
            }
            Instant oldest = null;
            for (Watermark mark : marks) {
                if (mark != null && (oldest == null || mark.at().isBefore(oldest))) {
                    oldest = mark.at();
                }
            }
            return oldest;
        }
    }
}
