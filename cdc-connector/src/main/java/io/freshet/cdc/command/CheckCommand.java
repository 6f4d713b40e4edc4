package io.freshet.cdc.command;

import io.freshet.cdc.rule.Operation;
import io.freshet.cdc.rule.Rule;
import io.freshet.cdc.rule.Strategy;
import io.freshet.cdc.rule.Template;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what must be mended before rules can work, and what they amount to when nothing must. */
@Command(
        name = "check",
        description =
                "Hold a rules file against the tables of a database: 1 if something is wrong.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Mixin private final RulesAndDatabase given = new RulesAndDatabase();
    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        return given.whenTheyFit(
                out,
                found -> {
                    out.printf("%s fits %s:%n", found.file(), found.database());
                    found.rules().all().forEach(rule -> out.println("  " + line(rule)));
                    return 0;
                });
    }

    private static String line(Rule rule) {
        var line = new StringJoiner(", ", "rule '" + rule.name() + "': ", "");
        line.add(
                rule.trigger().operations().stream()
                                .sorted()
                                .map(Operation::name)
                                .collect(Collectors.joining(", "))
                        + " of "
                        + rule.table());
        if (!rule.trigger().columns().isEmpty()) {
            line.add("if it touches " + String.join(" or ", rule.trigger().columns()));
        }
        if (rule.trigger().when() != null) {
            line.add("when " + rule.trigger().when());
        }
        line.add("in namespace " + rule.namespace());
        add(line, "keys", rule.targets().keys());
        add(line, "tags", rule.targets().tags());
        add(line, "patterns", rule.targets().patterns());
        line.add(rule.mode().name().toLowerCase(Locale.ROOT));
        line.add(
                switch (rule.strategy()) {
                    case Strategy.Invalidate _ -> "strategy invalidate";
                    case Strategy.Refresh _ -> "strategy refresh";
                    case Strategy.Write(var columns, _) -> "strategy write " + columns;
                });
        return line.toString();
    }

    private static void add(StringJoiner line, String what, List<Template> templates) {
        if (!templates.isEmpty()) {
            line.add(what + " " + templates);
        }
    }
}
