package io.freshet.warmer.trigger;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.Cron;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * The namespaces' schedules. Times that pass while nobody asks are made up for once, so a slow
 * round misses none; those before a namespace was first seen are not. Not thread-safe.
 */
final class Schedules {

    private record Planned(Cron cron, @Nullable ZonedDateTime next) {}

    private final Map<Namespace, Planned> planned = new HashMap<>();

    /** Those whose time has come since the last time that it was asked. */
    List<NamespaceConfig> due(Collection<NamespaceConfig> namespaces, Instant now) {
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        Map<Namespace, Planned> kept = new HashMap<>();
        List<NamespaceConfig> due = new ArrayList<>();
        for (NamespaceConfig namespace : namespaces) {
            Cron cron = namespace.warming().cron();
            if (cron == null) {
                continue;
            }
            Planned plan = planned.get(namespace.name());
            if (plan == null || !plan.cron().equals(cron)) {
                plan = next(cron, time);
            } else if (plan.next() != null && !plan.next().isAfter(time)) {
                due.add(namespace);
                plan = next(cron, time);
            }
            kept.put(namespace.name(), plan);
        }
        planned.clear();
        planned.putAll(kept);
        return due;
    }

    private static Planned next(Cron cron, ZonedDateTime after) {
        return new Planned(cron, CronExpression.parse("0 " + cron.text()).next(after));
    }
}
