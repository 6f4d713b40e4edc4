package io.freshet.api.invalidation;

import io.freshet.api.json.JsonWriter;
import java.time.Duration;

/**
 * What an invalidation would do, without it being made.
 *
 * @param entries that would go
 * @param bytes that they take in Redis, with their headers
 * @param exact whether all of that was counted; otherwise it is concluded from a part
 * @param hot how many of them were read lately, so that they would be loaded again soon
 * @param load what loading one of them took on the average, when it was loaded
 */
record Forecast(long entries, long bytes, boolean exact, long hot, Duration load) {

    /** How long the source would be busy with loading again those that are read. */
    Duration reload() {
        return load.multipliedBy(hot);
    }

    JsonWriter toJson() {
        return new JsonWriter()
                .beginObject()
                .name("dry_run")
                .value(true)
                .name("entries")
                .value(entries)
                .name("bytes")
                .value(bytes)
                .name("exact")
                .value(exact)
                .name("hot_entries")
                .value(hot)
                .name("load_ms")
                .value(load.toNanos() / 1e6)
                .name("reload_ms")
                .value(reload().toMillis())
                .endObject();
    }
}
