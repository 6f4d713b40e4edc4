package io.freshet.simulation;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.UnguardedViews;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.log.LogListener;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.read.Paths;
import io.freshet.engine.read.UnguardedPaths;
import io.freshet.engine.store.NearTier;
import io.freshet.stream.expansion.RowImageGuard;
import io.freshet.stream.expansion.Rows;
import io.freshet.stream.expansion.UnguardedRows;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the real classes, or those in which a guard is missing. */
final class Mutants {

    private final Set<Guard> guards;

    Mutants(Set<Guard> guards) {
        this.guards = guards;
    }

    LogView logView(Partitioning partitioning, ViewLimits limits) {
        if (!guards.contains(Guard.FLOOR)) {
            return UnguardedViews.withoutFloor(partitioning, limits);
        }
        if (!guards.contains(Guard.FLOOR_L1)) {
            return UnguardedViews.withoutFloorForNearCopies(partitioning, limits);
        }
        if (!guards.contains(Guard.HARD_AND_SOFT_APART)) {
            return UnguardedViews.withSoftHidingHard(partitioning, limits);
        }
        return new LogView(partitioning, limits);
    }

    RowImageGuard rowGuard(Rows rows) {
        if (!guards.contains(Guard.ROW_IMAGE_LSN)) {
            return UnguardedRows.withoutOrder(rows);
        }
        if (!guards.contains(Guard.ROW_IMAGE_CERTAIN)) {
            return UnguardedRows.withoutDoubt(rows);
        }
        return new RowImageGuard(rows, 1, Duration.ZERO);
    }

    Paths paths(Paths.World world) {
        if (!guards.contains(Guard.NO_LATE_JOINERS)) {
            return UnguardedPaths.withLateJoiners(world);
        }
        if (!guards.contains(Guard.NOBODY_WAITS_BEHIND)) {
            return UnguardedPaths.waitingForThoseBehind(world);
        }
        if (!guards.contains(Guard.SHARED_IS_JUDGED)) {
            return UnguardedPaths.trustingOthers(world);
        }
        if (!guards.contains(Guard.NO_LEASE_OUTSIDE_WINDOW)) {
            return UnguardedPaths.waitingOutsideTheWindow(world);
        }
        if (!guards.contains(Guard.LAST_RESORT_IS_VALID)) {
            return UnguardedPaths.withAnyLastResort(world);
        }
        return Paths.over(world);
    }

    LogListener listener(LogListener real, Watermarks watermarks) {
        return guards.contains(Guard.WATERMARK_OF_EVERY_INBOX)
                ? real
                : new OneInboxForAll(real, watermarks);
    }

    NearTier near(NearTier real, LogView view) {
        return guards.contains(Guard.COPY_STAMPED_FIRST) ? real : new StampedLast(real, view);
    }

    /** Takes a heartbeat by one partition of the inbox for one by each. */
    private record OneInboxForAll(LogListener real, Watermarks watermarks) implements LogListener {

        @Override
        public void restore(int partition, ScopeRecord record) {
            real.restore(partition, record);
        }

        @Override
        public void begin(int partition, Stamp floor, Stamp readyAt) {
            real.begin(partition, floor, readyAt);
        }

        @Override
        public void consume(int partition, Stamp position, LogRecord record) {
            real.consume(partition, position, record);
            if (record.event() instanceof Event.Heartbeat heartbeat) {
                for (int i = 0; i < SimLog.INBOXES; i++) {
                    watermarks.heartbeat(partition, i, heartbeat);
                }
            }
        }

        @Override
        public void unreadable(int partition, Stamp position) {
            real.unreadable(partition, position);
        }

        @Override
        public void gap(int partition, Stamp begin) {
            real.gap(partition, begin);
        }
    }

    /** Stamps copies with the position at which they arrive. */
    private record StampedLast(NearTier real, LogView view) implements NearTier {

        @Override
        public @Nullable Entry get(Namespace namespace, EntryKey key) {
            return real.get(namespace, key);
        }

        @Override
        public void put(Namespace namespace, EntryKey key, Entry entry) {
            Stamp now = view.position(namespace, key).stamp();
            real.put(namespace, key, new Entry(entry.header().withStamp(now), entry.value()));
        }

        @Override
        public void drop(Namespace namespace, EntryKey key) {
            real.drop(namespace, key);
        }
    }
}
