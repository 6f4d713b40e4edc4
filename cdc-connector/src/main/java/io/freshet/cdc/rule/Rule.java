package io.freshet.cdc.rule;

import io.freshet.contracts.event.Mode;
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
        Mode mode) {

    private static final String GLOB_SPECIAL = "*?[]\\^-";

    public Rule {
        columns = Set.copyOf(columns);
        operations = Set.copyOf(operations);
        keys = List.copyOf(keys);
        tags = List.copyOf(tags);
        patterns = List.copyOf(patterns);
        requireTargets(operations, keys, tags, patterns);
        keys.forEach(template -> requireLegal(template, EntryKey::new));
        tags.forEach(template -> requireLegal(template, Tag::new));
        patterns.forEach(template -> requireLegal(template, KeyPattern::new));
    }

    /** What a change of this rule's table makes wrong, each target once. */
    Set<Target> targetsOf(RowChange change) {
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

    /** The columns that its templates and its column filter read. */
    public Set<String> columnsRead() {
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
