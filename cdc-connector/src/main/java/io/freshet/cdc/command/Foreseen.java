package io.freshet.cdc.command;

import io.freshet.cdc.rule.Match;
import io.freshet.cdc.rule.RowChange;
import io.freshet.cdc.rule.Rules;
import io.freshet.contracts.event.Target;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What changes would invalidate by rules, each target of a rule once. Of a rule the first {@link
 * #SHOWN} are shown and the first {@link #COUNTED} told apart.
 */
final class Foreseen {

    static final int SHOWN = 20;
    static final int COUNTED = 50_000;

    private final Rules rules;
    private final Map<String, Set<Match>> byRule = new LinkedHashMap<>();
    private final Map<String, Long> changes = new LinkedHashMap<>();

    Foreseen(Rules rules) {
        this.rules = rules;
    }

    void add(RowChange change) {
        changes.merge(change.operation() + " of " + change.table(), 1L, Long::sum);
        for (Match match : rules.matches(change)) {
            Set<Match> matches = byRule.computeIfAbsent(match.rule(), _ -> new LinkedHashSet<>());
            if (matches.size() < COUNTED) {
                matches.add(match);
            }
        }
    }

    /** Says how many rows change, of the tables that rules name. */
    void printChanges(PrintWriter out) {
        changes.forEach((what, count) ->
                out.printf("%s: %d %s%n", what, count, count == 1 ? "change" : "changes"));
        if (changes.isEmpty()) {
            out.println("no row of a table that a rule names would change");
        }
    }

    /** Says what they invalidate. */
    void printMatches(PrintWriter out) {
        byRule.forEach((rule, matches) -> {
            matches.stream().limit(SHOWN).map(Foreseen::line).forEach(out::println);
            if (matches.size() > SHOWN) {
                out.printf(
                        "rule '%s': and %s%d more%n",
                        rule, matches.size() == COUNTED ? "at least " : "", matches.size() - SHOWN);
            }
        });
        if (byRule.isEmpty() && !changes.isEmpty()) {
            out.println(
                    changes.size() == 1 && changes.containsValue(1L)
                            ? "nothing: no rule says that this change matters"
                            : "nothing: no rule says that these changes matter");
        }
    }

    private static String line(Match match) {
        return "rule '%s': %s %s%s"
                .formatted(
                        match.rule(),
                        match.mode().name().toLowerCase(Locale.ROOT),
                        target(match.target()),
                        match.row() == null
                                ? match.refresh() ? ", loaded anew if it is hot" : ""
                                : ", which becomes " + match.row().json());
    }

    private static String target(Target target) {
        String in = " of namespace " + target.namespace();
        return switch (target) {
            case Target.OfKey(_, var key) -> "key '" + key.value() + "'" + in;
            case Target.OfKeys(_, var keys) -> "keys " + keys + in;
            case Target.OfTag(_, var tag) -> "tag '" + tag.value() + "'" + in;
            case Target.OfPattern(_, var pattern) -> "pattern '" + pattern.value() + "'" + in;
            case Target.OfNamespace _ -> "everything" + in;
        };
    }
}
