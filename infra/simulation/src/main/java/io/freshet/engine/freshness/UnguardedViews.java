package io.freshet.engine.freshness;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.store.Marker;
import org.jspecify.annotations.Nullable;

/** Log views in which one guard is missing, for the simulation to find out. */
public final class UnguardedViews {

    private UnguardedViews() {}

    /** Trusts what is older than its memory. */
    public static LogView withoutFloor(Partitioning partitioning, ViewLimits limits) {
        return new LogView(
                partitioning,
                () ->
                        new PartitionView(limits) {
                            @Override
                            boolean isForgotten(Stamp floor, Stamp stamp, @Nullable Marker marker) {
                                return false;
                            }
                        });
    }

    /** Lets the store's marker, whatever it is, vouch for near copies below the floor. */
    public static LogView withoutFloorForNearCopies(Partitioning partitioning, ViewLimits limits) {
        return new LogView(
                partitioning,
                () ->
                        new PartitionView(limits) {
                            @Override
                            boolean isForgottenNear(Stamp floor, Stamp stamp) {
                                return false;
                            }
                        });
    }

    /** Takes a hard invalidation for a soft one as soon as a soft one follows. */
    public static LogView withSoftHidingHard(Partitioning partitioning, ViewLimits limits) {
        return new LogView(
                partitioning,
                () ->
                        new PartitionView(limits) {
                            private boolean softLast;

                            @Override
                            void consume(Stamp next, Event event) {
                                super.consume(next, event);
                                if (event instanceof Event.Invalidation invalidation) {
                                    softLast = invalidation.mode() == Mode.SOFT;
                                }
                            }

                            @Override
                            Verdict judgeStored(
                                    Namespace namespace,
                                    EntryKey key,
                                    EntryHeader header,
                                    @Nullable Marker marker) {
                                Verdict verdict = super.judgeStored(namespace, key, header, marker);
                                return softLast && verdict == Verdict.STALE
                                        ? Verdict.SOFT
                                        : verdict;
                            }
                        });
    }
}
