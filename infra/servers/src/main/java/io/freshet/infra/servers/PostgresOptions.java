package io.freshet.infra.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How to start a PostgreSQL.
 *
 * @param directory holds its data, created when absent
 * @param port on 127.0.0.1; 0 picks a free one
 * @param user the superuser, named when the data are first created
 * @param password of that user, likewise
 * @param settings server parameters that override the defaults here
 * @param startTimeout after which a start counts as failed
 */
public record PostgresOptions(
        Path directory,
        int port,
        String user,
        String password,
        Map<String, String> settings,
        Duration startTimeout) {

    public PostgresOptions {
        directory = directory.toAbsolutePath().normalize();
        Ports.requireValid(port);
        settings = Map.copyOf(settings);
    }

    /** The defaults: a free port, user and password {@code freshet}. */
    public static PostgresOptions in(Path directory) {
        return new PostgresOptions(
                directory, 0, "freshet", "freshet", Map.of(), Duration.ofSeconds(60));
    }

    public PostgresOptions port(int port) {
        return new PostgresOptions(directory, port, user, password, settings, startTimeout);
    }

    public PostgresOptions user(String user, String password) {
        return new PostgresOptions(directory, port, user, password, settings, startTimeout);
    }

    public PostgresOptions settings(Map<String, String> settings) {
        return new PostgresOptions(directory, port, user, password, settings, startTimeout);
    }

    public PostgresOptions startTimeout(Duration startTimeout) {
        return new PostgresOptions(directory, port, user, password, settings, startTimeout);
    }
}
