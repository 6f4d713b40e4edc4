package io.freshet.api.explain;

import io.freshet.api.audit.Audited;
import io.freshet.api.json.EventDocument;
import io.freshet.api.json.JsonWriter;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Explanation;
import io.freshet.engine.Explanation.Held;
import io.freshet.engine.WindowState;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.Clue;
import io.freshet.engine.freshness.Evidence;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.store.Marker;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An explanation as callers see it: the verdict first, then what it rests on. */
record ExplanationDocument(
        NamespaceConfig namespace, EntryKey key, Explanation found, Reading reading) {

    /**
     * @param records those at positions of the clues that the log still has
     * @param audited null when the audit cannot be read
     */
    byte[] toBytes(Map<Stamp, LogRecord> records, @Nullable List<Audited> audited) {
        var json =
                new JsonWriter(4096)
                        .beginObject()
                        .name("namespace")
                        .value(namespace.name().value())
                        .name("key")
                        .value(key.value())
                        .name("verdict")
                        .plain(lower(reading.conclusion()).replace('_', '-'))
                        .name("because")
                        .value(reading.because());
        Clue decisive = reading.decisive();
        LogRecord record = decisive == null ? null : records.get(decisive.last());
        if (record != null) {
            json.name("caused_by");
            record(record, json);
        }
        held("redis", found.stored(), json);
        held("memory", found.near(), json);
        bucket(found.marker(), json);
        node(found.evidence(), json);
        window(found.window(), json);
        clues(records, json);
        if (audited != null) {
            json.name("audit").beginArray();
            audited.forEach(each -> each.write(json));
            json.endArray();
        }
        return json.endObject().toBytes();
    }

    private static void held(String name, @Nullable Held held, JsonWriter json) {
        json.name(name);
        if (held == null) {
            json.nothing();
            return;
        }
        EntryHeader header = held.header();
        json.beginObject()
                .name("judged")
                .plain(lower(held.verdict()))
                .name("stamp")
                .plain(header.stamp().toString())
                .name("created_at")
                .plain(header.created().toString())
                .name("soft_expiry")
                .plain(header.softExpiry().toString())
                .name("hard_expiry")
                .plain(header.hardExpiry().toString())
                .name("kind")
                .plain(lower(header.kind()))
                .name("tags")
                .values(header.tags().stream().map(Tag::value).sorted().toList())
                .endObject();
    }

    private static void bucket(@Nullable Marker marker, JsonWriter json) {
        json.name("bucket");
        if (marker == null) {
            json.nothing();
            return;
        }
        json.beginObject()
                .name("begun")
                .plain(marker.begun().toString())
                .name("applied")
                .plain(marker.applied().toString())
                .name("barrier")
                .plain(marker.barrier().toString())
                .endObject();
    }

    private static void node(Evidence evidence, JsonWriter json) {
        json.name("node")
                .beginObject()
                .name("position")
                .plain(evidence.position().toString())
                .name("ready")
                .value(evidence.ready())
                .name("floor")
                .plain(evidence.floor().toString())
                .name("barrier")
                .plain(evidence.barrier().toString());
        if (!evidence.replaced().equals(Stamp.ZERO)) {
            json.name("replaced").plain(evidence.replaced().toString());
        }
        json.endObject();
    }

    private static void window(WindowState window, JsonWriter json) {
        json.name("window").beginObject();
        window.age().ifPresent(age -> json.name("age_ms").value(age.toMillis()));
        json.name("max_ms")
                .value(window.window().toMillis())
                .name("exceeded")
                .value(window.isExceeded())
                .endObject();
    }

    private void clues(Map<Stamp, LogRecord> records, JsonWriter json) {
        json.name("invalidated").beginArray();
        int partition = found.evidence().position().partition();
        for (Clue clue : found.evidence().clues()) {
            json.beginObject();
            EventDocument.target(clue.about(), json);
            position("hard", partition, clue.hard(), json);
            position("soft", partition, clue.soft(), json);
            LogRecord record = records.get(clue.last());
            if (record != null) {
                json.name("event");
                record(record, json);
            }
            json.endObject();
        }
        json.endArray();
    }

    private static void position(String name, int partition, Stamp stamp, JsonWriter json) {
        if (!stamp.equals(Stamp.ZERO)) {
            json.name(name).plain(new LogPosition(partition, stamp).toString());
        }
    }

    private static void record(LogRecord record, JsonWriter json) {
        json.beginObject();
        if (record.event() instanceof Event.Invalidation invalidation) {
            EventDocument.write(invalidation, json);
        }
        json.name("token").plain(record.via().toString()).endObject();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
