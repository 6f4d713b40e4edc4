package io.freshet.infra.bench;

import static java.util.Objects.requireNonNull;

import io.freshet.infra.local.Launcher;
import io.freshet.infra.local.layout.ClientEnvironment;
import io.freshet.infra.local.layout.Part;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The running instance, as {@code var/local.env} describes it. */
public final class Instance {

    private final Map<String, String> environment;

    private Instance(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The instance of the directory that the environment means. */
    public static Instance running() throws IOException {
        return new Instance(
                ClientEnvironment.of(Launcher.directory()).orElseThrow(NotRunningException::new));
    }

    public String kafka() {
        return variable("FRESHET_KAFKA");
    }

    /** URL of api-service. */
    public String api() {
        return variable("FRESHET_API_URL");
    }

    /** Management endpoints of api-service. */
    public String management() {
        return variable("FRESHET_MANAGEMENT_URL");
    }

    /** What callers of api-service show. */
    public String token() {
        return variable("FRESHET_TOKEN");
    }

    /** URI of Redis. */
    public String redis() {
        return variable("FRESHET_REDIS");
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

    /** The processor time that a part has used since it started; empty when it does not run. */
    public Optional<Duration> processorTime(Part part) {
        String pid = variable(ClientEnvironment.pidOf(part));
        return pid.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(pid))
                        .flatMap(process -> process.info().totalCpuDuration());
    }

    private String variable(String name) {
        return requireNonNull(environment.get(name), name);
    }
}
