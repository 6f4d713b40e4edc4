package io.freshet.infra.local.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client of a local instance needs to know, as environment variables: the content of {@code
 * local.env}.
 */
public final class ClientEnvironment {
    private static final String PID = "FRESHET_PID_";

    private ClientEnvironment() {}

    /**
     * The variables by name, in the order in which they are shown.
     *
     * @param pids of the parts that run; the variable of any other is empty
     */
    public static Map<String, String> variables(Addresses addresses, Map<Part, Long> pids) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("FRESHET_API_URL", addresses.api());
        variables.put("FRESHET_MANAGEMENT_URL", addresses.management());
        variables.put("FRESHET_TOKEN", addresses.token().value());
        variables.put("FRESHET_PG_URL", addresses.jdbc());
        variables.put("FRESHET_PG_USER", Addresses.POSTGRES_USER);
        variables.put("FRESHET_PG_PASSWORD", addresses.postgresPassword().value());
        variables.put("FRESHET_PSQL_URL", addresses.psql());
        variables.put("FRESHET_KAFKA", addresses.kafka());
        variables.put("FRESHET_REDIS", addresses.redis());
        for (Part part : Part.values()) {
            Long pid = pids.get(part);
            variables.put(pidOf(part), pid == null ? "" : Long.toString(pid));
        }
        return variables;
    }

    /** Lines for {@code . local.env} in a POSIX shell. */
    public static String shellLines(Map<String, String> variables) {
        var text = new StringBuilder();
        variables.forEach((name, value) ->
                text.append("export ")
                        .append(name)
                        .append("='")
                        .append(value.replace("'", "'\\''"))
                        .append("'\n"));
        return text.toString();
    }

    /** Names the variable with a part's process id. */
    public static String pidOf(Part part) {
        return PID + part.name();
    }

    /** The variables of the instance that runs in a directory; empty when none does. */
    public static Optional<Map<String, String>> of(VarDirectory directory) throws IOException {
        Path file = directory.environmentFile();
        return Files.exists(file) ? Optional.of(parse(Files.readAllLines(file))) : Optional.empty();
    }

    /** Reads what {@link #shellLines} wrote; anything else is skipped. */
    public static Map<String, String> parse(Iterable<String> lines) {
        var variables = new LinkedHashMap<String, String>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (line.startsWith("export ") && equals > 0 && line.endsWith("'")) {
                String quoted = line.substring(equals + 1);
                variables.put(
                        line.substring("export ".length(), equals),
                        quoted.substring(1, quoted.length() - 1).replace("'\\''", "'"));
            }
        }
        return variables;
    }
}
