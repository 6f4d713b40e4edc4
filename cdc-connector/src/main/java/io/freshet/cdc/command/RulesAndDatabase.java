package io.freshet.cdc.command;

import io.freshet.cdc.database.Catalog;
import io.freshet.cdc.database.RefusedException;
import io.freshet.cdc.database.SchemaCheck;
import io.freshet.cdc.database.SourceDatabase;
import io.freshet.cdc.database.TableShape;
import io.freshet.cdc.rule.InvalidRulesException;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.RulesFile;
import io.freshet.cdc.rule.TableName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file and the database that a command is about, and what is wrong with either. */
final class RulesAndDatabase {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "${env:FRESHET_RULES:-rules.yaml}",
            description = "The rules (${DEFAULT-VALUE}).")
    private @Nullable Path file;

    @Option(
            names = "--url",
            paramLabel = "JDBC",
            defaultValue = "${env:FRESHET_PG_URL:-jdbc:postgresql://127.0.0.1:5432/freshet}",
            description = "The source database; that of the running instance if there is one.")
    private String url = "";

    @Option(
            names = "--user",
            defaultValue = "${env:FRESHET_PG_USER:-freshet}",
            description = "Who may look at its catalog (${DEFAULT-VALUE}).")
    private String user = "";

    @Option(
            names = "--password",
            defaultValue = "${env:FRESHET_PG_PASSWORD:-}",
            description = "Better given as FRESHET_PG_PASSWORD.")
    private String password = "";

    /**
     * Rules and the tables that they name.
     *
     * @param database as people read it
     */
    record Found(
            Path file, SourceDatabase database, Rules rules, Map<TableName, TableShape> tables) {}

    /** What a command does with rules that fit their tables. */
    @FunctionalInterface
    interface Task {

        /**
         * Does it.
         *
         * @return the exit code
         * @throws RefusedException saying what must be mended
         */
        int run(Found found) throws SQLException;
    }

    /**
     * Reads both, and does something with them if they fit; otherwise says what must be mended.
     *
     * @return the exit code: 1 when something must
     */
    int whenTheyFit(PrintWriter out, Task task) {
        try {
            Found found = find();
            List<String> problems = SchemaCheck.problems(found.rules(), found.tables());
            problems.forEach(out::println);
            return problems.isEmpty() ? task.run(found) : 1;
        } catch (InvalidRulesException | RefusedException e) {
            out.println(e.getMessage());
        } catch (SQLException e) {
            out.println("the database cannot be asked: " + e.getMessage());
        }
        return 1;
    }

    private Found find() throws SQLException {
        Path path = file == null ? Path.of("rules.yaml") : file;
        Rules rules = RulesFile.read(path);
        var database = new SourceDatabase(url, user, password);
        try (Connection connection = database.connect()) {
            return new Found(path, database, rules, new Catalog(connection).tables(rules.tables()));
        }
    }
}
