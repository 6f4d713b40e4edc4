package io.freshet.cdc.command;

import io.freshet.cdc.database.JsonRows;
import io.freshet.cdc.database.TableShape;
import io.freshet.cdc.rule.InvalidRulesException;
import io.freshet.cdc.rule.Match;
import io.freshet.cdc.rule.Operation;
import io.freshet.cdc.rule.RowChange;
import io.freshet.cdc.rule.RowImage;
import io.freshet.cdc.rule.TableName;
import io.freshet.contracts.event.Target;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which entries a change of a row would make wrong; nothing is changed. */
@Command(
        name = "try",
        description =
                "Show what a change of a row would invalidate, and by which rule. Both rows are an"
                        + " UPDATE, --new alone an INSERT, --old alone a DELETE, none a TRUNCATE.",
        mixinStandardHelpOptions = true)
final class TryCommand implements Callable<Integer> {

    @Mixin private final RulesAndDatabase given = new RulesAndDatabase();

    @Option(
            names = "--table",
            required = true,
            paramLabel = "TABLE",
            converter = TableConverter.class,
            description = "Such as public.cities.")
    private @Nullable TableName table;

    @Option(names = "--old", paramLabel = "JSON", description = "The row before the change.")
    private @Nullable String before;

    @Option(names = "--new", paramLabel = "JSON", description = "The row after the change.")
    private @Nullable String after;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            RulesAndDatabase.Found found = given.find();
            List<String> problems = found.problems();
            TableName name = Objects.requireNonNull(table);
            TableShape shape = found.tables().get(name);
            if (problems.isEmpty() && shape != null) {
                List<Match> matches = found.rules().matches(change(name, shape));
                matches.forEach(match -> out.println(line(match)));
                if (matches.isEmpty()) {
                    out.println("nothing: no rule says that this change matters");
                }
                return 0;
            }
            problems.forEach(out::println);
            if (problems.isEmpty()) {
                out.println("no rule names table " + name);
            }
        } catch (InvalidRulesException e) {
            out.println(e.getMessage());
        } catch (SQLException e) {
            out.println("the database cannot be asked: " + e.getMessage());
        }
        return 1;
    }

    private RowChange change(TableName name, TableShape shape) throws SQLException {
        try (Connection connection = given.database().connect()) {
            var rows = new JsonRows(connection, name, shape);
            RowImage old = before == null ? null : rows.old(before);
            RowImage now = after == null ? null : rows.read(after);
            return new RowChange(name, operation(), old, now);
        }
    }

    private Operation operation() {
        if (before == null && after == null) {
            return Operation.TRUNCATE;
        }
        if (before == null) {
            return Operation.INSERT;
        }
        return after == null ? Operation.DELETE : Operation.UPDATE;
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
            case Target.OfTag(_, var tag) -> "tag '" + tag.value() + "'" + in;
            case Target.OfPattern(_, var pattern) -> "pattern '" + pattern.value() + "'" + in;
            case Target.OfNamespace _ -> "everything" + in;
        };
    }
}
