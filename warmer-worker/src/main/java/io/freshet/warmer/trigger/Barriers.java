package io.freshet.warmer.trigger;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.log.LogFollower;
import java.util.HashSet;
import java.util.Set;

/**
 * Notices namespaces of which nothing cached is trusted any more, since invalidations may have been
 * lost. Thread-safe.
 */
public final class Barriers implements LogFollower {

    private final Set<Namespace> raised = new HashSet<>();

    @Override
    public void reached(int partition, Stamp position) {}

    @Override
    public synchronized void inForce(int partition, Stamp position, LogRecord record) {
        if (record.event() instanceof Event.Invalidation invalidation
                && invalidation.cause().kind() == Cause.Kind.BARRIER
                && invalidation.target() instanceof Target.OfNamespace(var namespace)) {
            raised.add(namespace);
        }
    }

    @Override
    public void lost(int partition, Stamp position) {}

    /** Those since the last time. */
    synchronized Set<Namespace> take() {
        Set<Namespace> taken = Set.copyOf(raised);
        raised.clear();
        return taken;
    }
}
