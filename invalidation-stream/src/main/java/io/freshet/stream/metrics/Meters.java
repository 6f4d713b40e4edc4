package io.freshet.stream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Declares counters: a name is Micrometer's, {@code freshet.rows.written}. */
record Meters(MeterRegistry registry) {

    Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** One of several that a tag tells apart. */
    Counter counter(String name, String description, String tag, String value) {
        return Counter.builder(name).description(description).tag(tag, value).register(registry);
    }
}
