package io.freshet.contracts.codec;

import io.freshet.contracts.codec.MalformedRecordException.Reason;
import io.freshet.contracts.event.PopularityRecord;
import io.freshet.contracts.event.PopularityRecord.Weight;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;

/** What nodes see of their traffic, and what is remembered of it, as JSON. */
final class TelemetryJson {

    private TelemetryJson() {}

    static void write(Traffic traffic, JsonWriter out) {
        out.put("node", traffic.node())
                .put("namespace", traffic.namespace().value())
                .put("at", traffic.at())
                .put("window", traffic.window().toString())
                .put("near-hits", traffic.nearHits())
                .put("redis-hits", traffic.redisHits())
                .put("misses", traffic.misses())
                .put("loads", traffic.loads().count())
                .put("load-time", traffic.loads().took().toString())
                .objects("hot", traffic.hot(), TelemetryJson::writeHotKey);
    }

    private static void writeHotKey(Traffic.HotKey key, JsonWriter out) {
        out.put("key", key.key().value()).put("hits", key.hits()).put("misses", key.misses());
    }

    static Traffic read(JsonObject in) {
        return read(
                in, new Traffic.Loads(in.number("loads"), in.parsed("load-time", Duration::parse)));
    }

    /** Schema 1: reads alone. */
    static Traffic readReads(JsonObject in) {
        return read(in, Traffic.Loads.NONE);
    }

    private static Traffic read(JsonObject in, Traffic.Loads loads) {
        return new Traffic(
                in.text("node"),
                namespace(in),
                in.instant("at"),
                in.parsed("window", Duration::parse),
                in.number("near-hits"),
                in.number("redis-hits"),
                in.number("misses"),
                loads,
                in.objects(
                        "hot",
                        key ->
                                new Traffic.HotKey(
                                        key(key), key.number("hits"), key.number("misses"))));
    }

    static void writePopularity(PopularityRecord record, JsonWriter out) {
        switch (record) {
            case PopularityRecord.Slice(var namespace, int slice, _, var at, var keys) ->
                    out.put("type", "slice")
                            .put("namespace", namespace.value())
                            .put("slice", slice)
                            .put("at", at)
                            .objects("keys", keys, TelemetryJson::writeWeight);
            case PopularityRecord.Progress _ -> out.put("type", "progress");
        }
        out.put("through", record.through());
    }

    private static void writeWeight(Weight weight, JsonWriter out) {
        out.put("key", weight.key().value()).put("thousandths", weight.thousandths());
    }

    static PopularityRecord readPopularity(JsonObject in) {
        long through = in.number("through");
        String type = in.text("type");
        return switch (type) {
            case "slice" ->
                    new PopularityRecord.Slice(
                            namespace(in),
                            in.counted("slice", Math::toIntExact),
                            through,
                            in.instant("at"),
                            in.objects(
                                    "keys",
                                    key -> new Weight(key(key), key.number("thousandths"))));
            case "progress" -> new PopularityRecord.Progress(through);
            default ->
                    throw new MalformedRecordException(
                            Reason.UNKNOWN_TYPE, "unknown type '" + type + "'");
        };
    }

    private static Namespace namespace(JsonObject in) {
        return in.parsed("namespace", Namespace::new);
    }

    private static EntryKey key(JsonObject in) {
        return in.parsed("key", EntryKey::new);
    }
}
