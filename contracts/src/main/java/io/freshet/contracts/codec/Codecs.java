package io.freshet.contracts.codec;

import static io.freshet.contracts.codec.MalformedRecordException.Reason.UNKNOWN_TYPE;

import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.PopularityRecord;
import io.freshet.contracts.event.Registrations;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.WarmCancel;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.util.Map;

/** One codec per wire format, each at its current schema version. */
public final class Codecs {

    /** {@code freshet.invalidations}. */
    public static final Codec<Event> EVENT = Json.codec(1, EventJson::write, EventJson::read);

    /** {@code freshet.log}. */
    public static final Codec<LogRecord> LOG_RECORD =
            Json.codec(1, Codecs::writeLogRecord, Codecs::readLogRecord);

    /** {@code freshet.entries}. */
    public static final Codec<Registrations> REGISTRATIONS =
            Json.codec(
                    2,
                    RegistrationJson::write,
                    Map.of(1, RegistrationJson::readSingle, 2, RegistrationJson::read));

    /** {@code freshet.evictions}. */
    public static final Codec<Eviction> EVICTION =
            Json.codec(1, Codecs::writeEviction, Codecs::readEviction);

    /** {@code freshet.scopes}. */
    public static final Codec<ScopeRecord> SCOPE =
            Json.codec(1, Codecs::writeScope, Codecs::readScope);

    /** {@code freshet.telemetry}. */
    public static final Codec<Traffic> TRAFFIC =
            Json.codec(
                    2,
                    TelemetryJson::write,
                    Map.of(1, TelemetryJson::readReads, 2, TelemetryJson::read));

    /** {@code freshet.popularity}. */
    public static final Codec<PopularityRecord> POPULARITY =
            Json.codec(1, TelemetryJson::writePopularity, TelemetryJson::readPopularity);

    /** {@code freshet.warm-jobs}. */
    public static final Codec<WarmJob> WARM_JOB =
            Json.codec(
                    2, WarmJson::writeJob, Map.of(1, WarmJson::readWholeJob, 2, WarmJson::readJob));

    /** {@code freshet.warm-progress}. */
    public static final Codec<WarmProgress> WARM_PROGRESS =
            Json.codec(
                    2,
                    WarmJson::writeProgress,
                    Map.of(1, WarmJson::readWholeProgress, 2, WarmJson::readProgress));

    /** {@code freshet.warm-cancels}. */
    public static final Codec<WarmCancel> WARM_CANCEL =
            Json.codec(1, WarmJson::writeCancel, WarmJson::readCancel);

    /** {@code freshet.consistency}. */
    public static final Codec<ConsistencyReport> CONSISTENCY =
            Json.codec(1, ConsistencyJson::write, ConsistencyJson::read);

    /** {@code freshet.writes}. */
    public static final Codec<SourceWrite> SOURCE_WRITE =
            Json.codec(1, WriteJson::write, WriteJson::read);

    /** {@code freshet.fan-outs}. */
    public static final Codec<FanOutProgress> FAN_OUT =
            Json.codec(1, FanOutJson::write, FanOutJson::read);

    /** {@code freshet.fan-out-orders}. */
    public static final Codec<FanOutOrder> FAN_OUT_ORDER =
            Json.codec(1, FanOutJson::writeOrder, FanOutJson::readOrder);

    private Codecs() {}

    private static void writeLogRecord(LogRecord log, JsonWriter out) {
        EventJson.write(log.event(), out);
        out.put("via", log.via().toString());
    }

    private static LogRecord readLogRecord(JsonObject in) {
        return new LogRecord(EventJson.read(in), in.parsed("via", InboxPosition::parse));
    }

    private static void writeEviction(Eviction eviction, JsonWriter out) {
        switch (eviction) {
            case Eviction.Keys(var namespace, var keys, var mode, var killsBelow, _) -> {
                out.put("type", "keys")
                        .put("namespace", namespace.value())
                        .put("mode", mode)
                        .put("kills-below", killsBelow.packed())
                        .list("keys", keys, EntryKey::value);
            }
            case Eviction.Replacement(
                            var namespace,
                            var key,
                            var row,
                            var created,
                            var hardExpiry,
                            var killsBelow,
                            _) -> {
                out.put("type", "replacement")
                        .put("namespace", namespace.value())
                        .put("key", key.value())
                        .put("kills-below", killsBelow.packed())
                        .put("created", created)
                        .put("hard-expiry", hardExpiry)
                        .object("row", row, EventJson::writeRow);
            }
            case Eviction.Barrier _ -> out.put("type", "barrier");
            case Eviction.Progress _ -> out.put("type", "progress");
        }
        out.put("through", eviction.through().packed());
    }

    private static Eviction readEviction(JsonObject in) {
        Stamp through = in.counted("through", Stamp::new);
        String type = in.text("type");
        return switch (type) {
            case "keys" ->
                    new Eviction.Keys(
                            namespace(in),
                            in.list("keys", EntryKey::new),
                            in.oneOf("mode", Mode.class),
                            in.counted("kills-below", Stamp::new),
                            through);
            case "replacement" ->
                    new Eviction.Replacement(
                            namespace(in),
                            key(in),
                            in.object("row", EventJson::readRow),
                            in.instant("created"),
                            in.instant("hard-expiry"),
                            in.counted("kills-below", Stamp::new),
                            through);
            case "barrier" -> new Eviction.Barrier(through);
            case "progress" -> new Eviction.Progress(through);
            default -> throw unknownType(type);
        };
    }

    private static void writeScope(ScopeRecord scope, JsonWriter out) {
        switch (scope) {
            case ScopeRecord.Position(var target, var hard, var soft) -> {
                EventJson.writeTarget(target, out);
                out.put("hard", hard.packed()).put("soft", soft.packed());
            }
            case ScopeRecord.Progress(var through) ->
                    out.put("type", "progress").put("through", through.packed());
        }
    }

    private static ScopeRecord readScope(JsonObject in) {
        String type = in.text("type");
        return type.equals("progress")
                ? new ScopeRecord.Progress(in.counted("through", Stamp::new))
                : new ScopeRecord.Position(
                        EventJson.readTarget(type, in),
                        in.counted("hard", Stamp::new),
                        in.counted("soft", Stamp::new));
    }

    private static Namespace namespace(JsonObject in) {
        return in.parsed("namespace", Namespace::new);
    }

    private static EntryKey key(JsonObject in) {
        return in.parsed("key", EntryKey::new);
    }

    private static MalformedRecordException unknownType(String type) {
        return new MalformedRecordException(UNKNOWN_TYPE, "unknown type '" + type + "'");
    }
}
