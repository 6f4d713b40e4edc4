package io.freshet.api.namespace;

import io.freshet.api.json.JsonWriter;
import io.freshet.api.metrics.HitCounts;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.eviction.EvictionCounts;
import io.freshet.engine.eviction.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a namespace, or of all together.
 *
 * @param usage null while Redis does not answer
 */
record Stats(@Nullable Namespace namespace, HitCounts counts, @Nullable Usage usage) {

    private static final double MEGABYTE = 1024 * 1024;

    static Stats together(List<Stats> all) {
        HitCounts counts = HitCounts.NONE;
        Usage usage = Usage.NONE;
        for (Stats stats : all) {
            counts = counts.and(stats.counts);
            usage = usage == null || stats.usage == null ? null : usage.and(stats.usage);
        }
        return new Stats(null, counts, usage);
    }

    JsonWriter write(JsonWriter json) {
        json.name("hits")
                .value(counts.hits())
                .name("misses")
                .value(counts.misses())
                .name("hit_rate")
                .value(counts.hitRate());
        if (usage != null) {
            EvictionCounts evicted = usage.evicted();
            json.name("total_keys")
                    .value(usage.entries())
                    .name("memory_used_mb")
                    .value(Math.round(usage.bytes() / MEGABYTE * 1_000) / 1_000.0)
                    .name("evictions")
                    .beginObject()
                    .name("expired")
                    .value(evicted.expired())
                    .name("size")
                    .value(evicted.size())
                    .name("policy")
                    .value(evicted.policy())
                    .name("invalidated")
                    .value(evicted.invalidated())
                    .name("replaced")
                    .value(evicted.replaced())
                    .endObject();
        }
        return json;
    }
}
