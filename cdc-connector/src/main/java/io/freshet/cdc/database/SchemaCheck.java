package io.freshet.cdc.database;

import io.freshet.cdc.rule.Rule;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.Strategy;
import io.freshet.cdc.rule.TableName;
import io.freshet.cdc.rule.Template;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds rules against the tables that they name. Pure. */
public final class SchemaCheck {

    /** Types whose values are JSON already. */
    private static final Set<String> JSON = Set.of("json", "jsonb");

    private SchemaCheck() {}

    /**
     * What must be mended before these rules can work; each problem names its rule and the mend.
     *
     * @param tables the tables that exist, of those that the rules name
     */
    public static List<String> problems(Rules rules, Map<TableName, TableShape> tables) {
        return problemsByRule(rules, tables).values().stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** The same by the name of the rule; rules without a problem are not in it. */
    public static SortedMap<String, List<String>> problemsByRule(
            Rules rules, Map<TableName, TableShape> tables) {
        var problems = new TreeMap<String, List<String>>();
        for (Rule rule : rules.all()) {
            Set<String> found = problemsOf(rule, tables.get(rule.table()));
            if (!found.isEmpty()) {
                problems.put(rule.name(), List.copyOf(found));
            }
        }
        return problems;
    }

    private static Set<String> problemsOf(Rule rule, @Nullable TableShape table) {
        var problems = new LinkedHashSet<String>();
        if (table == null) {
            problems.add(
                    "rule '%s': there is no table %s: create it, or correct 'table'"
                            .formatted(rule.name(), rule.table()));
        } else if (!table.fault().isEmpty()) {
            problems.add(
                    "rule '%s': table %s cannot be captured: %s"
                            .formatted(rule.name(), rule.table(), table.fault()));
        } else {
            checkColumns(rule, table, problems);
            checkIdentity(rule, table, problems);
        }
        return problems;
    }

    private static void checkColumns(Rule rule, TableShape table, Set<String> problems) {
        Set<String> absent = new TreeSet<>(rule.columnsRead());
        absent.removeAll(table.columns().keySet());
        for (String column : absent) {
            problems.add(
                    "rule '%s': table %s has no column '%s'; it has %s"
                            .formatted(
                                    rule.name(),
                                    rule.table(),
                                    column,
                                    String.join(", ", table.columns().keySet())));
        }
        checkPublished(rule, table, problems);
        checkValue(rule, table, problems);
        new ConditionCheck(rule, table, problems).run();
        for (String column : columnsOfTemplates(rule)) {
            TableShape.Column found = table.columns().get(column);
            if (found != null && !found.writable()) {
                problems.add(
                        ("rule '%s': column '%s' of table %s cannot stand in a template: the text of"
                                        + " type %s is not stable; use a column of type boolean,"
                                        + " smallint, integer, bigint, numeric, text, varchar, char,"
                                        + " citext, uuid, an enum, date, timestamp or timestamptz")
                                .formatted(rule.name(), column, rule.table(), found.type()));
            }
        }
    }

    private static void checkPublished(Rule rule, TableShape table, Set<String> problems) {
        for (String column : rule.columnsRead()) {
            TableShape.Column found = table.columns().get(column);
            if (found != null && !found.published()) {
                problems.add(
                        ("rule '%s': column '%s' of table %s is generated, and this server does not"
                                        + " tell its values with a change: name the columns that it"
                                        + " is made of instead; PostgreSQL 18 and later"
                                        + " tell those of a column that is STORED")
                                .formatted(rule.name(), column, rule.table()));
            }
        }
    }

    private static void checkValue(Rule rule, TableShape table, Set<String> problems) {
        if (!(rule.strategy() instanceof Strategy.Write(var columns, _))) {
            return;
        }
        for (String column : columns) {
            TableShape.Column found = table.columns().get(column);
            if (found != null && !found.writable() && !JSON.contains(found.type())) {
                problems.add(
                        ("rule '%s': column '%s' of table %s cannot be written into a value: type"
                                        + " %s is not told as PostgreSQL writes it into JSON; leave"
                                        + " it out, or use strategy invalidate")
                                .formatted(rule.name(), column, rule.table(), found.type()));
            }
        }
    }

    private static void checkIdentity(Rule rule, TableShape table, Set<String> problems) {
        if (table.identity().isEmpty()) {
            problems.add(
                    ("rule '%s': table %s has no primary key, so the database would refuse its"
                                    + " UPDATEs and DELETEs once it is captured: add a primary key, or"
                                    + " run %s")
                            .formatted(rule.name(), rule.table(), fullIdentity(table)));
            return;
        }
        if (!rule.readsOldRows()) {
            return;
        }
        Set<String> unlogged = new TreeSet<>(rule.oldColumnsRead());
        unlogged.retainAll(table.columns().keySet());
        unlogged.removeAll(table.identity());
        if (!unlogged.isEmpty()) {
            problems.add(
                    "rule '%s' reads old values of %s, which table %s does not log: run %s"
                            .formatted(
                                    rule.name(),
                                    String.join(", ", unlogged),
                                    rule.table(),
                                    fullIdentity(table)));
        }
    }

    private static String fullIdentity(TableShape table) {
        return table.logged().stream()
                .map("ALTER TABLE %s REPLICA IDENTITY FULL;"::formatted)
                .collect(Collectors.joining(" "));
    }

    private static Set<String> columnsOfTemplates(Rule rule) {
        List<Template> carried =
                rule.strategy() instanceof Strategy.Write(_, var tags) ? tags : List.of();
        return List.of(
                        rule.targets().keys(),
                        rule.targets().tags(),
                        rule.targets().patterns(),
                        carried)
                .stream()
                .flatMap(Collection::stream)
                .map(Template::columns)
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
