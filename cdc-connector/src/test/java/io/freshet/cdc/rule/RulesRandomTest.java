package io.freshet.cdc.rule;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random rules on random changes against a few lines that say what they should hit. */
class RulesRandomTest {

    private static final List<String> COLUMNS = List.of("a", "b", "c");
    private static final TableName TABLE = new TableName("s", "t");
    private static final Namespace NAMESPACE = new Namespace("n");

    @Test
    void shouldHitWhatEitherImageNamesAndNothingElse() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Rule rule = randomRule(random);
            Operation operation = pick(random, List.of(Operation.values()));
            Map<String, Optional<String>> before = randomRow(random);
            Map<String, Optional<String>> after = changed(random, before);

            Set<Target> targets =
                    new Rules(List.of(rule))
                            .matches(change(operation, before, after)).stream()
                                    .map(Match::target)
                                    .collect(Collectors.toSet());

            assertThat(targets)
                    .as("seed %d, run %d: %s %s %s -> %s", seed, i, rule, operation, before, after)
                    .isEqualTo(expected(rule, operation, before, after));
        }
    }

    private static Set<Target> expected(
            Rule rule,
            Operation operation,
            Map<String, Optional<String>> before,
            Map<String, Optional<String>> after) {
        var targets = new HashSet<Target>();
        if (!rule.trigger().operations().contains(operation)) {
            return targets;
        }
        boolean touched =
                rule.trigger().columns().isEmpty()
                        || rule.trigger().columns().stream()
                                .anyMatch(c -> !value(before, c).equals(value(after, c)));
        switch (operation) {
            case TRUNCATE -> targets.add(new Target.OfNamespace(NAMESPACE));
            case INSERT -> addExpected(rule, after, targets);
            case DELETE -> addExpected(rule, before, targets);
            case UPDATE -> {
                if (touched) {
                    addExpected(rule, before, targets);
                    addExpected(rule, after, targets);
                }
            }
        }
        return targets;
    }

    private static void addExpected(
            Rule rule, Map<String, Optional<String>> row, Set<Target> targets) {
        for (Template key : rule.targets().keys()) {
            filledIn(key, row)
                    .ifPresent(k -> targets.add(new Target.OfKey(NAMESPACE, new EntryKey(k))));
        }
        for (Template tag : rule.targets().tags()) {
            filledIn(tag, row).ifPresent(t -> targets.add(new Target.OfTag(NAMESPACE, new Tag(t))));
        }
    }

    private static Optional<String> filledIn(Template template, Map<String, Optional<String>> row) {
        String text = template.toString();
        for (String column : COLUMNS) {
            String placeholder = "{" + column + "}";
            if (text.contains(placeholder)) {
                if (value(row, column).isEmpty()) {
                    return Optional.empty();
                }
                text = text.replace(placeholder, value(row, column).get());
            }
        }
        return Optional.of(text);
    }

    private static RowChange change(
            Operation operation,
            Map<String, Optional<String>> before,
            Map<String, Optional<String>> after) {
        return switch (operation) {
            case INSERT -> new RowChange(TABLE, operation, null, image(after));
            case UPDATE -> new RowChange(TABLE, operation, image(before), image(after));
            case DELETE -> new RowChange(TABLE, operation, image(before), null);
            case TRUNCATE -> new RowChange(TABLE, operation, null, null);
        };
    }

    private static Optional<String> value(Map<String, Optional<String>> row, String column) {
        return requireNonNull(row.get(column));
    }

    private static RowImage image(Map<String, Optional<String>> row) {
        return column -> value(row, column).<Cell>map(Cell.Text::new).orElse(Cell.NULL);
    }

    private static Rule randomRule(Random random) {
        List<String> templates =
                List.of("{a}", "k:{b}", "{a}:{b}", "{c}-{c}", "fixed", "{a}{b}{c}");
        var operations = EnumSet.noneOf(Operation.class);
        while (operations.isEmpty()) {
            for (Operation operation : Operation.values()) {
                if (random.nextInt(4) != 0) {
                    operations.add(operation);
                }
            }
        }
        return new Rule(
                "r",
                TABLE,
                new Trigger(
                        random.nextBoolean() ? Set.of() : Set.of(pick(random, COLUMNS)),
                        operations,
                        null),
                new Targets(
                        NAMESPACE,
                        List.of(Template.parse(pick(random, templates))),
                        List.of(Template.parse(pick(random, templates))),
                        List.of()),
                Mode.HARD,
                Strategy.INVALIDATE);
    }

    private static Map<String, Optional<String>> randomRow(Random random) {
        var row = new HashMap<String, Optional<String>>();
        COLUMNS.forEach(column -> row.put(column, randomValue(random)));
        return row;
    }

    private static Map<String, Optional<String>> changed(
            Random random, Map<String, Optional<String>> row) {
        var changed = new HashMap<>(row);
        for (String column : COLUMNS) {
            if (random.nextInt(3) == 0) {
                changed.put(column, randomValue(random));
            }
        }
        return changed;
    }

    private static Optional<String> randomValue(Random random) {
        return random.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(pick(random, List.of("1", "2", "x y", "é", "*")));
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
