package io.freshet.cdc.rule;

import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.IllegalIdentifierException;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a namespace a row stands for, as templates.
 *
 * <p>NULL in a template gives nothing. A template that needs a column which the row does not tell
 * gives the whole namespace: too much is safe, too little is not.
 */
public record Targets(
        Namespace namespace, List<Template> keys, List<Template> tags, List<Template> patterns) {

    private static final String GLOB_SPECIAL = "*?[]\\^-";

    public Targets {
        keys = List.copyOf(keys);
        tags = List.copyOf(tags);
        patterns = List.copyOf(patterns);
        keys.forEach(template -> requireLegal(template, EntryKey::new));
        tags.forEach(template -> requireLegal(template, Tag::new));
        patterns.forEach(template -> requireLegal(template, KeyPattern::new));
    }

    boolean isEmpty() {
        return keys.isEmpty() && tags.isEmpty() && patterns.isEmpty();
    }

    /** The columns that its templates read. */
    Set<String> columnsRead() {
        var read = new TreeSet<String>();
        for (List<Template> templates : List.of(keys, tags, patterns)) {
            templates.forEach(template -> read.addAll(template.columns()));
        }
        return read;
    }

    /** Adds the entries whose keys a row gives. */
    void addKeys(RowImage row, Set<Target> targets) {
        for (Template key : keys) {
            fill(key, row, UnaryOperator.identity(), this::key, targets);
        }
    }

    /** Adds all that a row stands for. */
    void addAll(RowImage row, Set<Target> targets) {
        addKeys(row, targets);
        for (Template tag : tags) {
            fill(tag, row, UnaryOperator.identity(), this::tag, targets);
        }
        for (Template pattern : patterns) {
            fill(pattern, row, Targets::escaped, this::pattern, targets);
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

    /** A template that is illegal whatever the row is a mistake of whoever wrote it. */
    static void requireLegal(Template template, Consumer<String> constructor) {
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
