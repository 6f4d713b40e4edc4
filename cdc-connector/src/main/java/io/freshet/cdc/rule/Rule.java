package io.freshet.cdc.rule;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.IllegalIdentifierException;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which entries one table's changes make wrong.
 *
 * <p>Templates are filled in from the old row and from the new one, so that a changed key or tag
 * hits both. NULL in a template gives nothing. A template that needs a column which the change does
 * not tell gives the whole namespace: too much is safe, too little is not.
 *
 * @param name unique among the rules; it is the cause that events carry
 * @param columns an update that leaves all of these alone does not matter; empty: every one does
 * @param operations the changes that matter
 * @param tags those to invalidate; of an entry that is written, its strategy has them
 */
public record Rule(
        String name,
        TableName table,
        Set<String> columns,
        Set<Operation> operations,
        Namespace namespace,
        List<Template> keys,
        List<Template> tags,
        List<Template> patterns,
        Mode mode,
        Strategy strategy) {

    private static final String GLOB_SPECIAL = "*?[]\\^-";

    public Rule {
        columns = Set.copyOf(columns);
        operations = Set.copyOf(operations);
        keys = List.copyOf(keys);
        tags = List.copyOf(tags);
        patterns = List.copyOf(patterns);
        requireTargets(operations, keys, tags, patterns);
        if (strategy instanceof Strategy.Write(_, var carried)) {
            requireWritable(columns, keys, tags, patterns, mode);
            carried.forEach(template -> requireLegal(template, Tag::new));
        }
        keys.forEach(template -> requireLegal(template, EntryKey::new));
        tags.forEach(template -> requireLegal(template, Tag::new));
        patterns.forEach(template -> requireLegal(template, KeyPattern::new));
    }

    /** One that only invalidates. */
    public Rule(
            String name,
            TableName table,
            Set<String> columns,
            Set<Operation> operations,
            Namespace namespace,
            List<Template> keys,
            List<Template> tags,
            List<Template> patterns,
            Mode mode) {
        this(
                name,
                table,
                columns,
                operations,
                namespace,
                keys,
                tags,
                patterns,
                mode,
                Strategy.INVALIDATE);
    }

    /** What a change of this rule's table makes wrong, each target once. */
    List<Match> matchesOf(RowChange change) {
        return targetsOf(change).stream()
                .map(target -> new Match(name, target, mode, rowFor(target, change)))
                .toList();
    }

    /** Null when what is wrong is only invalidated. */
    private @Nullable NewRow rowFor(Target target, RowChange change) {
        RowImage after = change.completedAfter();
        if (!(strategy instanceof Strategy.Write write) || after == null) {
            return null;
        }
        var ofAfter = new LinkedHashSet<Target>();
        keys.forEach(key -> fill(key, after, UnaryOperator.identity(), this::key, ofAfter));
        return target.isScope() || !ofAfter.contains(target) ? null : write.rowOf(after);
    }

    private Set<Target> targetsOf(RowChange change) {
        var targets = new LinkedHashSet<Target>();
        if (!operations.contains(change.operation())) {
            return targets;
        }
        if (change.operation() == Operation.TRUNCATE) {
            targets.add(new Target.OfNamespace(namespace));
            return targets;
        }
        RowImage before = change.before();
        RowImage after = change.completedAfter();
        if (before != null && after != null && !touches(before, after)) {
            return targets;
        }
        addTargets(before, targets);
        addTargets(after, targets);
        return targets;
    }

    /** The columns that it reads. */
    public Set<String> columnsRead() {
        Set<String> read = oldColumnsRead();
        if (strategy instanceof Strategy.Write write) {
            read.addAll(write.columnsRead());
        }
        return read;
    }

    /** The columns that its templates and its column filter read, of old rows too. */
    public Set<String> oldColumnsRead() {
        var read = new TreeSet<>(columns);
        for (List<Template> templates : List.of(keys, tags, patterns)) {
            templates.forEach(template -> read.addAll(template.columns()));
        }
        return read;
    }

    /** Whether it looks at old rows, so that the database must log its columns' old values. */
    public boolean readsOldRows() {
        return operations.contains(Operation.UPDATE) || operations.contains(Operation.DELETE);
    }

    private boolean touches(RowImage before, RowImage after) {
        if (columns.isEmpty()) {
            return true;
        }
        for (String column : columns) {
            Cell now = after.cell(column);
            if (now instanceof Cell.Unknown || !now.equals(before.cell(column))) {
                return true;
            }
        }
        return false;
    }

    private void addTargets(@Nullable RowImage row, Set<Target> targets) {
        if (row == null) {
            return;
        }
        for (Template key : keys) {
            fill(key, row, UnaryOperator.identity(), this::key, targets);
        }
        for (Template tag : tags) {
            fill(tag, row, UnaryOperator.identity(), this::tag, targets);
        }
        for (Template pattern : patterns) {
            fill(pattern, row, Rule::escaped, this::pattern, targets);
        }
    }

    private void fill(
            Template template,
            RowImage row,
            UnaryOperator<String> escape,
            Function<String, @Nullable Target> target,
            Set<Target> targets) {
        switch (template.render(row, escape)) {
            case Template.Rendered.Text(String text) -> {
                Target made = target.apply(text);
                if (made != null) {
                    targets.add(made);
                }
            }
            case Template.Rendered.Absent _ -> {}
            case Template.Rendered.Unknown _ -> targets.add(new Target.OfNamespace(namespace));
        }
    }

    /** Null when no entry can have this key: then none is wrong. */
    private @Nullable Target key(String text) {
        try {
            return new Target.OfKey(namespace, new EntryKey(text));
        } catch (IllegalIdentifierException _) {
            return null;
        }
    }

    /** Null when no entry can carry this tag. */
    private @Nullable Target tag(String text) {
        try {
            return new Target.OfTag(namespace, new Tag(text));
        } catch (IllegalIdentifierException _) {
            return null;
        }
    }

    /** An illegal pattern may still have meant legal keys, so it gives the namespace. */
    private Target pattern(String text) {
        try {
            return new Target.OfPattern(namespace, new KeyPattern(text));
        } catch (IllegalIdentifierException _) {
            return new Target.OfNamespace(namespace);
        }
    }

    private static String escaped(String value) {
        var escaped = new StringBuilder(value.length() + 8);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (GLOB_SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    private static void requireTargets(
            Set<Operation> operations,
            List<Template> keys,
            List<Template> tags,
            List<Template> patterns) {
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("'operations' must not be empty: leave it out");
        }
        boolean onlyTruncate = operations.equals(Set.of(Operation.TRUNCATE));
        if (keys.isEmpty() && tags.isEmpty() && patterns.isEmpty() && !onlyTruncate) {
            throw new IllegalArgumentException(
                    "it names no entries: give it 'keys', 'tags' or 'patterns'"
                            + " (patterns: [\"*\"] is every entry of the namespace)");
        }
    }

    private static void requireWritable(
            Set<String> columns,
            List<Template> keys,
            List<Template> tags,
            List<Template> patterns,
            Mode mode) {
        if (keys.size() != 1 || !tags.isEmpty() || !patterns.isEmpty() || !columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "strategy write takes one template in 'keys' and no 'patterns': give what else"
                            + " the change makes wrong a rule of its own");
        }
        if (mode != Mode.HARD) {
            throw new IllegalArgumentException(
                    "strategy write leaves nothing to be marked stale: leave 'mode' out");
        }
    }

    /** A template that is illegal whatever the row is a mistake of whoever wrote it. */
    private static void requireLegal(Template template, Consumer<String> constructor) {
        RowImage sample = _ -> new Cell.Text("x");
        if (template.render(sample, UnaryOperator.identity())
                instanceof Template.Rendered.Text(String text)) {
            try {
                constructor.accept(text);
            } catch (IllegalIdentifierException e) {
                throw new IllegalArgumentException(
                        "template '%s' is illegal: %s".formatted(template, e.getMessage()), e);
            }
        }
    }
}
