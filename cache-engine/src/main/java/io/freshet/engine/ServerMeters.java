package io.freshet.engine;

import io.freshet.engine.redis.ServerMemory;
import io.freshet.engine.redis.Upkeep;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/** The meters of the Redis servers themselves; every node says the same. */
record ServerMeters(MeterRegistry registry, Upkeep upkeep) {

    void bind() {
        bytes("freshet.redis.memory.used", "Memory of the fullest server", ServerMemory::used);
        bytes("freshet.redis.memory.max", "Its bound, 0 for none", ServerMemory::max);
        bytes("freshet.redis.replication.lag", "What the slowest replica lacks", ServerMemory::lag);
        gauge("freshet.redis.replicas", "Replicas that follow", ServerMemory::replicas)
                .register(registry);
    }

    private void bytes(String name, String description, ToLongFunction<ServerMemory> value) {
        gauge(name, description, value).baseUnit("bytes").register(registry);
    }

    private Gauge.Builder<Upkeep> gauge(
            String name, String description, ToLongFunction<ServerMemory> value) {
        return Gauge.builder(name, upkeep, now -> value.applyAsLong(now.memory()))
                .description(description);
    }
}
