package io.freshet.stream.routing;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A router's mistake, made on purpose: it loses invalidations, or lets heartbeats overtake them.
 * Heartbeats themselves are never touched. One thread's.
 */
public final class PlantedFault {

    private static final Duration DELAY = Duration.ofSeconds(10);

    private final int dropOneIn;
    private final int delayOneIn;
    private final Deque<Held> held = new ArrayDeque<>();
    private long seen;

    private record Held(LogRecord record, Instant due) {}

    /**
     * @param dropOneIn one invalidation in so many is lost; 0 for none
     * @param delayOneIn one in so many comes late; 0 for none
     */
    public PlantedFault(int dropOneIn, int delayOneIn) {
        this.dropOneIn = dropOneIn;
        this.delayOneIn = delayOneIn;
    }

    /** What is written when a record comes: those that are due by now, and mostly itself. */
    public List<LogRecord> pass(LogRecord record, Instant now) {
        var out = new ArrayList<LogRecord>();
        while (!held.isEmpty() && !held.getFirst().due.isAfter(now)) {
            out.add(held.removeFirst().record);
        }
        if (record.event() instanceof Event.Invalidation) {
            seen++;
            if (isOneIn(dropOneIn)) {
                return out;
            }
            if (isOneIn(delayOneIn)) {
                held.addLast(new Held(record, now.plus(DELAY)));
                return out;
            }
        }
        out.add(record);
        return out;
    }

    private boolean isOneIn(int many) {
        return many > 0 && seen % many == 0;
    }
}
