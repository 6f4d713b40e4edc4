package io.freshet.cdc.capture;

import io.freshet.cdc.database.RefusedException;
import io.freshet.cdc.database.SchemaCheck;
import io.freshet.cdc.database.TableShape;
import io.freshet.cdc.position.CapturePosition;
import io.freshet.cdc.rule.Rule;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.TableName;
import io.freshet.contracts.id.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How rules fit the tables that they name.
 *
 * <p>A rule must fit when it is new. One that was captured before and whose table has changed since
 * is impaired instead, until somebody mends it: each change of its table makes its whole namespace
 * wrong, and where there is no such table to look at, its namespace is wrong all the time.
 *
 * @param rules the rules, those impaired that do not fit
 * @param tables those that can be captured
 * @param problems what must be mended, by the rule's name
 */
record Fit(
        Rules rules, Map<TableName, TableShape> tables, SortedMap<String, List<String>> problems) {

    /**
     * Holds rules against tables.
     *
     * @param found the tables that exist, of those that the rules name
     */
    static Fit of(Rules rules, Map<TableName, TableShape> found) {
        SortedMap<String, List<String>> problems = SchemaCheck.problemsByRule(rules, found);
        var tables = new TreeMap<TableName, TableShape>();
        found.forEach((name, shape) -> {
            if (shape.fault().isEmpty()) {
                tables.put(name, shape);
            }
        });
        return new Fit(rules.impaired(problems.keySet()), tables, problems);
    }

    /**
     * The same, if there is nothing wrong that was wrong from the beginning.
     *
     * @param before what was captured before; null when nothing was
     * @throws RefusedException when a rule that does not fit is new, or nothing can be captured
     */
    Fit requireGrownFrom(@Nullable CapturePosition before) {
        Map<Namespace, String> known = before == null ? Map.of() : before.rules();
        for (Rule rule : rules.all()) {
            boolean isNew = !rules.isKnown(rule.namespace(), known);
            if (tables.isEmpty() || (isNew && problems.containsKey(rule.name()))) {
                throw new RefusedException(String.join("; ", messages()));
            }
        }
        return this;
    }

    /** What must be mended, rule by rule. */
    List<String> messages() {
        return problems.values().stream().flatMap(List::stream).distinct().toList();
    }

    /** The namespaces of rules whose changes nobody sees. */
    Set<Namespace> unseen() {
        return rules.all().stream()
                .filter(rule -> !tables.containsKey(rule.table()))
                .map(Rule::namespace)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The columns whose old values the log has, of each table. */
    Map<TableName, Set<String>> identities() {
        return tables.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, table -> table.getValue().identity()));
    }

    /** Whether the same rules fit and the same tables can be captured. */
    boolean isLike(Fit other) {
        return problems.keySet().equals(other.problems.keySet())
                && tables.keySet().equals(other.tables.keySet());
    }
}
