package io.freshet.cdc.position;

import io.freshet.cdc.database.ReplicationSlot;
import io.freshet.cdc.database.ServerIdentity;
import io.freshet.cdc.position.Loss.Cause;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.TableName;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells, at a start, what may have been missed since the last stop. Pure.
 *
 * <p>The slot delivers every transaction that commits at or after its {@code confirmed} position,
 * and it was never moved past a position that had not been remembered first. So if it stands past
 * the remembered one, somebody else made or moved it; and if the database itself is another one, or
 * stands before the remembered position, it was replaced or rewound.
 */
public final class LossDetection {

    private LossDetection() {}

    private record Doubt(Cause cause, String reason) {}

    /**
     * What is found at a start.
     *
     * @param server the database
     * @param slot how its slot stood; null when there was none
     * @param written how far its log is written
     * @param uncaptured tables that the publication did not have
     * @param called namespaces that SQL has invalidated
     */
    public record Found(
            ServerIdentity server,
            ReplicationSlot.@Nullable Standing slot,
            Lsn written,
            Set<TableName> uncaptured,
            Set<Namespace> called) {

        /** With what is known of SQL's calls later. */
        public Found calling(Set<Namespace> namespaces) {
            return new Found(server, slot, written, uncaptured, namespaces);
        }
    }

    /**
     * What may have been missed; empty when nothing.
     *
     * @param remembered null when this source was never captured
     */
    public static List<Loss> losses(
            @Nullable CapturePosition remembered, Found found, Rules rules) {
        Doubt everything = everythingLost(remembered, found);
        if (everything != null) {
            return List.of(
                    new Loss(
                            everything.cause(),
                            everything.reason(),
                            everyNamespace(remembered, found, rules)));
        }
        var losses = new ArrayList<Loss>();
        if (!found.uncaptured().isEmpty()) {
            var namespaces = new TreeSet<Namespace>();
            found.uncaptured().forEach(table -> namespaces.addAll(rules.namespacesOf(table)));
            losses.add(
                    new Loss(
                            Cause.PUBLICATION,
                            "the publication did not have " + new TreeSet<>(found.uncaptured()),
                            namespaces));
        }
        Set<Namespace> changed = changedRules(remembered, rules);
        if (!changed.isEmpty()) {
            losses.add(new Loss(Cause.RULES, "the rules have changed, or their tables", changed));
        }
        return losses;
    }

    private static Set<Namespace> everyNamespace(
            @Nullable CapturePosition remembered, Found found, Rules rules) {
        var namespaces = new TreeSet<>(rules.namespaces());
        namespaces.addAll(found.called());
        if (remembered != null) {
            namespaces.addAll(remembered.called());
        }
        return namespaces;
    }

    private static @Nullable Doubt everythingLost(
            @Nullable CapturePosition remembered, Found found) {
        if (remembered == null) {
            return new Doubt(Cause.FIRST_START, "first start");
        }
        ServerIdentity before = remembered.server();
        ServerIdentity now = found.server();
        if (!before.system().equals(now.system()) || !before.database().equals(now.database())) {
            return new Doubt(Cause.OTHER_DATABASE, "the database is another one");
        }
        if (before.timeline() != now.timeline()) {
            return new Doubt(
                    Cause.TIMELINE,
                    "the database's timeline changed from %d to %d: it was restored or failed over"
                            .formatted(before.timeline(), now.timeline()));
        }
        if (remembered.lsn().compareTo(found.written()) > 0) {
            return new Doubt(
                    Cause.REWOUND,
                    "the database was rewound from %s to %s"
                            .formatted(remembered.lsn(), found.written()));
        }
        var slot = found.slot();
        if (slot == null) {
            return new Doubt(Cause.SLOT_GONE, "the replication slot is gone");
        }
        if (slot.lost()) {
            return new Doubt(
                    Cause.SLOT_LOST, "the server removed log that the replication slot needed");
        }
        if (slot.confirmed().compareTo(remembered.lsn()) > 0) {
            return new Doubt(Cause.SLOT_MOVED, moved(slot, remembered.lsn()));
        }
        return remembered.doubt() == null ? null : new Doubt(Cause.DOUBT, remembered.doubt());
    }

    /** That a slot stands past a position, for people. */
    public static String moved(ReplicationSlot.Standing slot, Lsn position) {
        return "the replication slot stands at %s, past %s: somebody else made or moved it"
                .formatted(slot.confirmed(), position);
    }

    private static Set<Namespace> changedRules(@Nullable CapturePosition remembered, Rules rules) {
        Map<Namespace, String> before = remembered == null ? Map.of() : remembered.rules();
        var changed = new TreeSet<Namespace>();
        rules.fingerprints()
                .forEach((namespace, print) -> {
                    if (!print.equals(before.get(namespace))) {
                        changed.add(namespace);
                    }
                });
        return changed;
    }
}
