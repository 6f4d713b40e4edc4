package io.freshet.infra.check.fault;

import io.freshet.infra.local.layout.Part;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All faults by name, in the order in which {@code all} strikes. */
public final class Faults {
    private static final Map<String, Fault> BY_NAME = Collections.unmodifiableMap(make());

    private Faults() {}

    public static Map<String, Fault> byName() {
        return BY_NAME;
    }

    /**
     * Some of them, in that order.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Map<String, Fault> named(List<String> names) {
        var chosen = new LinkedHashMap<String, Fault>();
        for (String name : names) {
            Fault fault = BY_NAME.get(name);
            if (fault == null) {
                throw new IllegalArgumentException(
                        "there is no fault '%s': see --list-faults".formatted(name));
            }
            chosen.put(name, fault);
        }
        return chosen;
    }

    private static Map<String, Fault> make() {
        var faults = new LinkedHashMap<String, Fault>();
        for (Part part : Part.values()) {
            faults.put("kill-" + part.label(), new Kill(part));
        }
        for (Part part :
                List.of(
                        Part.API_SERVICE,
                        Part.CDC_CONNECTOR,
                        Part.INVALIDATION_STREAM,
                        Part.WARMER_WORKER,
                        Part.KAFKA,
                        Part.REDIS)) {
            faults.put("pause-" + part.label(), new Pause(part));
        }
        faults.put("flush-redis", new FlushRedis());
        faults.put("empty-redis", new EmptyRedis());
        faults.put("restore-redis", new RestoreRedis());
        faults.put("promote-redis-replica", new PromoteReplica());
        faults.put("restart-postgres", new Restart(Part.POSTGRES));
        faults.put("drop-slot", new DropSlot());
        faults.put("hung-standby", new HungStandby());
        faults.put("slow-fill", new SlowFill());
        faults.put("big-transaction", new BigTransaction());
        faults.put("recent-overflow", new RecentOverflow());
        return faults;
    }
}
