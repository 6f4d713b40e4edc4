package io.freshet.cdc.rule;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which entries one table's changes make wrong.
 *
 * <p>Targets are filled in from the old row and from the new one, so that a changed key or tag hits
 * both. A truncation makes the whole namespace wrong.
 *
 * @param name unique among the rules; it is the cause that events carry
 * @param trigger the changes that matter
 * @param targets what to invalidate; the tags of an entry that is written, its strategy has
 */
public record Rule(
        String name,
        TableName table,
        Trigger trigger,
        Targets targets,
        Mode mode,
        Strategy strategy) {

    public Rule {
        boolean onlyTruncate = trigger.operations().equals(Set.of(Operation.TRUNCATE));
        if (targets.isEmpty() && !onlyTruncate) {
            throw new IllegalArgumentException(
                    "it names no entries: give it 'keys', 'tags' or 'patterns'"
                            + " (patterns: [\"*\"] is every entry of the namespace)");
        }
        if (strategy instanceof Strategy.Write(_, var carried)) {
            requireWritable(trigger, targets, mode);
            carried.forEach(template -> Targets.requireLegal(template, Tag::new));
        }
    }

    public Namespace namespace() {
        return targets.namespace();
    }

    /** What a change of this rule's table makes wrong, each target once. */
    List<Match> matchesOf(RowChange change) {
        if (!trigger.mayConcern(change, targets.columnsRead()) || changesNothing(change)) {
            return List.of();
        }
        return targetsOf(change).stream()
                .map(target ->
                        new Match(name, target, mode, rowFor(target, change), isRefreshed(target)))
                .toList();
    }

    /** What a change makes wrong while the rule cannot be carried out: everything. */
    List<Match> everythingFor(RowChange change) {
        return trigger.operations().contains(change.operation())
                ? List.of(new Match(name, new Target.OfNamespace(namespace()), Mode.HARD))
                : List.of();
    }

    /** Null when what is wrong is only invalidated. */
    private @Nullable NewRow rowFor(Target target, RowChange change) {
        RowImage after = change.completedAfter();
        if (!(strategy instanceof Strategy.Write write)
                || after == null
                || target.isScope()
                || !trigger.surelyConcernsNewRow(change)) {
            return null;
        }
        var ofAfter = new LinkedHashSet<Target>();
        targets.addKeys(after, ofAfter);
        return ofAfter.contains(target) ? write.rowOf(after) : null;
    }

    /** A whole namespace is not loaded anew: a source has not the time for that. */
    private boolean isRefreshed(Target target) {
        return strategy instanceof Strategy.Refresh && !(target instanceof Target.OfNamespace);
    }

    private Set<Target> targetsOf(RowChange change) {
        var wrong = new LinkedHashSet<Target>();
        if (change.operation() == Operation.TRUNCATE) {
            wrong.add(new Target.OfNamespace(namespace()));
            return wrong;
        }
        RowImage before = change.before();
        RowImage after = change.completedAfter();
        if (before != null && trigger.mayConcernOldRow(change)) {
            targets.addAll(before, wrong);
        }
        if (after != null && trigger.mayConcernNewRow(change)) {
            targets.addAll(after, wrong);
        }
        return wrong;
    }

    /** An update that leaves the row as it was; what is written takes its place all the same. */
    private boolean changesNothing(RowChange change) {
        RowImage after = change.after();
        return !(strategy instanceof Strategy.Write)
                && change.before() != null
                && after != null
                && after.isSurelyAs(change.before());
    }

    /** The columns that it reads. */
    public Set<String> columnsRead() {
        var read = new TreeSet<>(trigger.columnsRead());
        read.addAll(targets.columnsRead());
        if (strategy instanceof Strategy.Write write) {
            read.addAll(write.columnsRead());
        }
        return read;
    }

    /** The columns that it reads of old rows. */
    public Set<String> oldColumnsRead() {
        var read = new TreeSet<>(trigger.oldColumnsRead());
        read.addAll(targets.columnsRead());
        return read;
    }

    /** Whether it looks at old rows, so that the database must log its columns' old values. */
    public boolean readsOldRows() {
        return trigger.readsOldRows();
    }

    private static void requireWritable(Trigger trigger, Targets targets, Mode mode) {
        if (targets.keys().size() != 1
                || !targets.tags().isEmpty()
                || !targets.patterns().isEmpty()
                || !trigger.columns().isEmpty()) {
            throw new IllegalArgumentException(
                    "strategy write takes one template in 'keys' and no 'patterns': give what else"
                            + " the change makes wrong a rule of its own");
        }
        if (mode != Mode.HARD) {
            throw new IllegalArgumentException(
                    "strategy write leaves nothing to be marked stale: leave 'mode' out");
        }
    }
}
