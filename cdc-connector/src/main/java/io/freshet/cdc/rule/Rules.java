package io.freshet.cdc.rule;

import io.freshet.contracts.id.Namespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All rules of a connector. Immutable; one lookup by table, then one pass over its rules. */
public final class Rules {

    /** Stands between what rules say and those that are impaired. */
    private static final String IMPAIRED = "!";

    private final List<Rule> rules;
    private final Map<TableName, List<Rule>> byTable;
    private final Set<String> impaired;

    /**
     * @throws IllegalArgumentException when two rules have the same name
     */
    public Rules(Collection<Rule> rules) {
        this(rules, Set.of());
    }

    private Rules(Collection<Rule> rules, Set<String> impaired) {
        var names = new HashSet<String>();
        for (Rule rule : rules) {
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException(
                        "two rules are named '%s': rename one".formatted(rule.name()));
            }
        }
        this.rules = List.copyOf(rules);
        this.byTable = this.rules.stream().collect(Collectors.groupingBy(Rule::table));
        this.impaired = Set.copyOf(impaired);
    }

    /**
     * The same rules, of which some cannot be carried out on their tables as those are: each change
     * of such a table makes the whole namespace wrong.
     *
     * @param names of those rules
     */
    public Rules impaired(Set<String> names) {
        return new Rules(rules, names);
    }

    /** What a change makes wrong, in the rules' order. */
    public List<Match> matches(RowChange change) {
        var matches = new ArrayList<Match>();
        for (Rule rule : byTable.getOrDefault(change.table(), List.of())) {
            matches.addAll(
                    impaired.contains(rule.name())
                            ? rule.everythingFor(change)
                            : rule.matchesOf(change));
        }
        return matches;
    }

    public List<Rule> all() {
        return rules;
    }

    /** The tables to capture. */
    public Set<TableName> tables() {
        return new TreeSet<>(byTable.keySet());
    }

    public Set<Namespace> namespaces() {
        return rules.stream().map(Rule::namespace).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The namespaces whose entries changes of a table make wrong. */
    public Set<Namespace> namespacesOf(TableName table) {
        return byTable.getOrDefault(table, List.of()).stream()
                .map(Rule::namespace)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What the rules of each namespace say and which of them are impaired, as text that changes
     * when and only when that does; names of others, and order, do not count.
     */
    public SortedMap<Namespace, String> fingerprints() {
        var fingerprints = new TreeMap<Namespace, String>();
        for (Namespace namespace : namespaces()) {
            String said =
                    rules.stream()
                            .filter(rule -> rule.namespace().equals(namespace))
                            .map(Rules::meaning)
                            .sorted()
                            .collect(Collectors.joining("\n"));
            fingerprints.put(namespace, Fingerprint.of(said) + impairedIn(namespace));
        }
        return fingerprints;
    }

    /**
     * Whether the rules of a namespace are those that were captured before, impaired or not.
     *
     * @param before the fingerprints then
     */
    public boolean isKnown(Namespace namespace, Map<Namespace, String> before) {
        return said(before.get(namespace)).equals(said(fingerprints().get(namespace)));
    }

    private static String said(@Nullable String fingerprint) {
        return fingerprint == null ? "" : fingerprint.split(IMPAIRED, 2)[0];
    }

    private String impairedIn(Namespace namespace) {
        String names =
                rules.stream()
                        .filter(rule -> rule.namespace().equals(namespace))
                        .map(Rule::name)
                        .filter(impaired::contains)
                        .sorted()
                        .collect(Collectors.joining(","));
        return names.isEmpty() ? "" : IMPAIRED + names;
    }

    /** What stands behind a rule's first fields is there only where it is said. */
    private static String meaning(Rule rule) {
        var said = new ArrayList<>(whatItInvalidates(rule));
        if (rule.strategy() instanceof Strategy.Write write) {
            said.add(write.toString());
        }
        if (rule.trigger().when() != null) {
            said.add("when " + rule.trigger().when());
        }
        return String.join("|", said);
    }

    private static List<String> whatItInvalidates(Rule rule) {
        return List.of(
                rule.table().quoted(),
                new TreeSet<>(rule.trigger().columns()).toString(),
                new TreeSet<>(rule.trigger().operations()).toString(),
                rule.targets().keys().toString(),
                rule.targets().tags().toString(),
                rule.targets().patterns().toString());
    }
}
