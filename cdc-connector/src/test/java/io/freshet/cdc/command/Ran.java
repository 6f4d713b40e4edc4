package io.freshet.cdc.command;

import io.freshet.infra.servers.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** What a command about rules said, and its exit code. */
record Ran(int code, List<String> lines) {

    static Ran of(Database database, Path directory, String rules, String command, String... more)
            throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yaml"), rules);
        var arguments =
                new ArrayList<>(
                        List.of(
                                command,
                                file.toString(),
                                "--url",
                                database.jdbcUrl(),
                                "--user",
                                database.user(),
                                "--password",
                                database.password()));
        arguments.addAll(List.of(more));
        var out = new StringWriter();
        var line = new CommandLine(new RulesCommand());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        int code = line.execute(arguments.toArray(String[]::new));
        return new Ran(code, out.toString().lines().toList());
    }
}
