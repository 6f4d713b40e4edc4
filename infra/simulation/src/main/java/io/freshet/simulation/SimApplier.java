package io.freshet.simulation;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.store.Marker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The applier of one partition, whose only bucket it is. It rewinds to where the bucket is when the
 * bucket is behind, and begins there after a crash.
 */
final class SimApplier {

    private final Schedule schedule;
    private final int partition;
    private final SimExpander expander;
    private final SimStore store;
    private int position;
    private Stamp through = Stamp.of(1, 0);

    SimApplier(Schedule schedule, int partition, SimExpander expander, SimStore store) {
        this.schedule = schedule;
        this.partition = partition;
        this.expander = expander;
        this.store = store;
        schedule.actor("applier " + partition, () -> !isDone(), this::apply);
        schedule.chaos(
                "applier " + partition + " crashes", 1, () -> position > 0, this::beginAtMarker);
    }

    boolean isDone() {
        Marker marker = store.marker(partition);
        return position == expander.evictions().size()
                && marker != null
                && marker.nextOffset() >= position;
    }

    private void apply() {
        int to = Math.min(expander.evictions().size(), position + 1 + schedule.pick(2));
        List<KeyEviction> keys = new ArrayList<>();
        Stamp reached = through;
        for (Eviction eviction : expander.evictions().subList(position, to)) {
            reached = Stamp.max(reached, eviction.through());
            if (eviction instanceof Eviction.Keys(_, var evicted, var mode, var killsBelow, _)) {
                evicted.forEach(key -> keys.add(new KeyEviction(key, mode, killsBelow)));
            }
        }
        var batch = new BucketBatch(SimKeys.NAMESPACE, partition, position, to, reached, keys);
        switch (store.apply(batch)) {
            case ApplyOutcome.Applied _ -> {
                position = to;
                through = reached;
            }
            case ApplyOutcome.Behind(long nextOffset) -> position = (int) nextOffset;
            case ApplyOutcome.Uninitialised() -> store.initialise(partition, through, position);
        }
    }

    private void beginAtMarker() {
        @Nullable Marker marker = store.marker(partition);
        if (marker != null) {
            position = (int) marker.nextOffset();
            through = marker.applied();
        }
    }
}
