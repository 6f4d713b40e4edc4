package io.freshet.api.audit;

import io.freshet.api.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invalidation as the audit tells of it; or the keys that one transaction and rule invalidated.
 *
 * @param at when it entered the log
 * @param occurredAt when it happened; of a change of a row, its commit
 * @param type key, tag, pattern or namespace
 * @param targets what it is about; not all when they are many
 * @param count of keys
 * @param token its place in the inbox
 * @param positions in the log
 * @param evicted entries that went from Redis; null when nothing is known of it (yet)
 * @param exact whether that is exact
 * @param goneAt when the last of them went
 */
public record Audited(
        long id,
        Instant at,
        @Nullable Instant occurredAt,
        String namespace,
        String type,
        List<String> targets,
        long count,
        String mode,
        @Nullable String lsn,
        Caused cause,
        String token,
        List<String> positions,
        @Nullable Long evicted,
        boolean exact,
        @Nullable Instant goneAt) {

    /** Who or what asked for it. */
    public record Caused(
            String kind,
            @Nullable String source,
            @Nullable Long transaction,
            @Nullable String detail) {}

    public Audited {
        targets = List.copyOf(targets);
        positions = List.copyOf(positions);
    }

    AuditCursor cursor() {
        return new AuditCursor(at, id);
    }

    /** Writes it as an object. */
    public void write(JsonWriter json) {
        json.beginObject().name("at").plain(at.toString());
        if (occurredAt != null) {
            json.name("occurred_at").plain(occurredAt.toString());
        }
        json.name("namespace").value(namespace).name("type").plain(type);
        json.name("targets").values(targets).name("count").value(count);
        json.name("mode").plain(mode);
        text("lsn", lsn, json);
        json.name("cause").beginObject().name("kind").plain(cause.kind());
        text("source", cause.source(), json);
        if (cause.transaction() != null) {
            json.name("transaction").value(cause.transaction());
        }
        text("detail", cause.detail(), json);
        json.endObject().name("token").plain(token).name("positions").values(positions);
        if (evicted != null && goneAt != null) {
            json.name("evicted").value(evicted).name("exact").value(exact);
            json.name("gone_at").plain(goneAt.toString());
            json.name("gone_after_ms").value(Math.max(0, Duration.between(at, goneAt).toMillis()));
        }
        json.endObject();
    }

    private static void text(String name, @Nullable String value, JsonWriter json) {
        if (value != null) {
            json.name(name).value(value);
        }
    }
}
