package io.freshet.cdc.command;

import io.freshet.cdc.database.StatementTrial;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which entries a change of a row, or a statement, would make wrong; nothing is changed. */
@Command(
        name = "try",
        description =
                "Show what a change would invalidate, and by which rule: one of a row that is given"
                        + " (--table with --old and --new an UPDATE, with --new alone an INSERT,"
                        + " with --old alone a DELETE, with none a TRUNCATE), or those that a"
                        + " statement makes (--sql).",
        footer = {
            "",
            "With --sql the statement is run, in a transaction that is rolled back. Meanwhile"
                    + " nobody else can write to the tables that rules name, since temporary"
                    + " triggers watch them, and the statement's own locks are held; it waits at"
                    + " most "
                    + StatementTrial.LOCK_WAIT
                    + " for a lock and runs at most "
                    + StatementTrial.LONGEST
                    + ". The database's own triggers fire. Sequences are not set back, and what"
                    + " functions do outside of the database stays done. The user needs the"
                    + " privileges of the statement, TRIGGER on these tables and TEMPORARY on the"
                    + " database. Calls of the functions of the schema freshet are not shown.",
        },
        mixinStandardHelpOptions = true)
final class TryCommand implements Callable<Integer> {

    @Mixin private final RulesAndDatabase given = new RulesAndDatabase();

    @ArgGroup(multiplicity = "1")
    private @Nullable Tried tried;

    @Spec private @Nullable CommandSpec spec;

    private static final class Tried {

        @Option(
                names = "--sql",
                paramLabel = "SQL",
                description = "A statement, which is run and rolled back: see below.")
        private @Nullable String sql;

        @ArgGroup(exclusive = false)
        private @Nullable TriedChange change;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        return given.whenTheyFit(out, found -> run(found, Objects.requireNonNull(tried), out));
    }

    private static int run(RulesAndDatabase.Found found, Tried tried, PrintWriter out)
            throws SQLException {
        var foreseen = new Foreseen(found.rules());
        try (Connection connection = found.database().connectPatiently()) {
            if (tried.change != null) {
                foreseen.add(tried.change.read(connection, found.tables()));
                foreseen.printMatches(out);
            } else {
                new StatementTrial(connection, found.tables())
                        .run(Objects.requireNonNull(tried.sql), foreseen::add);
                foreseen.printChanges(out);
                foreseen.printMatches(out);
                out.println("rolled back: nothing has changed");
            }
        }
        return 0;
    }
}
