package io.freshet.stream.audit;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import java.util.List;

/**
 * A row of the audit: one invalidation, or the keys that one transaction and rule invalidated.
 *
 * @param at when it entered the log
 * @param leads whether it is the row by which the event is counted
 * @param last position of the last event that it speaks of
 * @param via place in the inbox of the first event
 * @param event the first one
 * @param targets what they are about, not all when they are many
 * @param count of the events
 */
record AuditRow(
        Instant at,
        boolean leads,
        int partition,
        Stamp first,
        Stamp last,
        InboxPosition via,
        Event.Invalidation event,
        List<String> targets,
        long count) {

    AuditRow {
        targets = List.copyOf(targets);
    }

    /** What the column {@code type} says. */
    String type() {
        return switch (event.target()) {
            case Target.OfKey _, Target.OfKeys _ -> "key";
            case Target.OfTag _ -> "tag";
            case Target.OfPattern _ -> "pattern";
            case Target.OfNamespace _ -> "namespace";
        };
    }

    /** What an event is about, within its namespace; none when that is all of it. */
    static List<String> namesOf(Target target) {
        return switch (target) {
            case Target.OfKey(_, var key) -> List.of(key.value());
            case Target.OfKeys(_, var keys) -> keys.stream().map(EntryKey::value).toList();
            case Target.OfTag(_, var tag) -> List.of(tag.value());
            case Target.OfPattern(_, var pattern) -> List.of(pattern.value());
            case Target.OfNamespace _ -> List.of();
        };
    }
}
