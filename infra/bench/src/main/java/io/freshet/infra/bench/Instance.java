package io.freshet.infra.bench;

import static java.util.Objects.requireNonNull;

import io.freshet.infra.local.layout.ClientEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The running instance, as {@code var/local.env} describes it. */
public final class Instance {

    /** The processes that do the work, in the order in which they are shown. */
    public static final List<String> SERVICES =
            List.of("API_SERVICE", "CDC_CONNECTOR", "INVALIDATION_STREAM", "WARMER_WORKER");

    private final Map<String, String> environment;

    private Instance(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The instance whose files are in the directory that the script names. */
    public static Instance running() throws IOException {
        Path file = Path.of(requireNonNull(System.getenv("FRESHET_VAR")), "local.env");
        if (!Files.exists(file)) {
            throw new NotRunningException();
        }
        return new Instance(ClientEnvironment.parse(Files.readAllLines(file)));
    }

    public String kafka() {
        return variable("FRESHET_KAFKA");
    }

    /** JDBC URL of the database. */
    public String postgres() {
        return variable("FRESHET_PG_URL");
    }

    public String postgresUser() {
        return variable("FRESHET_PG_USER");
    }

    public String postgresPassword() {
        return variable("FRESHET_PG_PASSWORD");
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres(), postgresUser(), postgresPassword());
    }

    /** The processor time that a service has used since it started; empty when it does not run. */
    public Optional<Duration> processorTime(String service) {
        String pid = variable("FRESHET_PID_" + service);
        return pid.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(pid))
                        .flatMap(process -> process.info().totalCpuDuration());
    }

    private String variable(String name) {
        return requireNonNull(environment.get(name), name);
    }
}
