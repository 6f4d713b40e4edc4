package io.freshet.api.replay;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.LogPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The invalidations of a stretch of the log as they are published again, each target once while it
 * is remembered. Not thread-safe.
 *
 * <p>An invalidation is idempotent: made again it evicts what was cached since, and nothing more.
 * It keeps its LSN and its cause, and never brings a row: that of an earlier change would be
 * outdated.
 */
final class Replayed {

    private record Same(Target target, Mode mode) {}

    private final @Nullable Namespace namespace;
    private final String by;
    private final Map<Same, Event.Invalidation> waiting = new LinkedHashMap<>();

    /**
     * @param namespace of which; null for all
     * @param by who asked for it
     */
    Replayed(@Nullable Namespace namespace, String by) {
        this.namespace = namespace;
        this.by = by;
    }

    /** Takes a record of the log. */
    void add(LogPosition place, LogRecord record) {
        if (!(record.event() instanceof Event.Invalidation event)
                || !record.countsIn(place.partition())
                || (namespace != null && !namespace.equals(event.target().namespace()))) {
            return;
        }
        for (Event.Invalidation one : event.each()) {
            var same = new Same(one.target(), one.mode());
            waiting.remove(same);
            waiting.put(same, again(one, record));
        }
    }

    int size() {
        return waiting.size();
    }

    /** Hands over what waits, in its order. */
    List<Event.Invalidation> take() {
        var taken = new ArrayList<>(waiting.values());
        waiting.clear();
        return taken;
    }

    /** A barrier speaks of a loss that was dealt with; made again it is a plain invalidation. */
    private Event.Invalidation again(Event.Invalidation event, LogRecord record) {
        Cause cause = event.cause();
        boolean barrier = cause.kind() == Cause.Kind.BARRIER;
        String detail = "replayed by " + by + (cause.detail() == null ? "" : ": " + cause.detail());
        return new Event.Invalidation(
                "replay:" + record.via(),
                event.target(),
                event.mode(),
                barrier ? null : event.lsn(),
                new Cause(
                        barrier ? Cause.Kind.REST : cause.kind(),
                        cause.source(),
                        cause.transaction(),
                        detail),
                event.at());
    }
}
