package io.freshet.infra.servers;

import io.freshet.infra.servers.container.ContainerImage;
import io.freshet.infra.servers.container.ContainerPlan;
import io.freshet.infra.servers.container.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL 18 as a container. */
final class ContainerPostgres extends ContainerServer implements PostgresServer {
    /** A place that no image declares as a volume of its own, whatever its version. */
    private static final String DATA = "/var/lib/freshet";

    /** A file, not words of the command, which ALTER SYSTEM could not override. */
    private static final String CONFIGURATION = "/etc/freshet-postgresql.conf";

    private final PostgresOptions options;

    private ContainerPostgres(PostgresOptions options, Engine engine) {
        super("PostgreSQL", engine, plan(options), options.startTimeout());
        this.options = options;
    }

    static ContainerPostgres start(PostgresOptions wanted, Engine engine) {
        return Ports.choose(
                wanted.port(),
                port -> {
                    ContainerPostgres postgres = new ContainerPostgres(wanted.port(port), engine);
                    postgres.start();
                    return postgres;
                });
    }

    private static ContainerPlan plan(PostgresOptions options) {
        return new ContainerPlan(
                ContainerImage.configured("freshet.image.postgres", "postgres:18"),
                options.directory(),
                DATA,
                options.port(),
                Map.of(
                        "PGDATA",
                        DATA + "/data",
                        "POSTGRES_USER",
                        options.user(),
                        "POSTGRES_PASSWORD",
                        options.password(),
                        "POSTGRES_DB",
                        "postgres",
                        "POSTGRES_INITDB_ARGS",
                        String.join(" ", PostgresSettings.initdb(PostgresBinaries.MAJOR))),
                Map.of(CONFIGURATION, configuration(options)),
                List.of("postgres", "-c", "config_file=" + CONFIGURATION));
    }

    private static String configuration(PostgresOptions options) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "*");
        settings.put("port", Integer.toString(options.port()));
        settings.putAll(PostgresSettings.everywhere(options));
        List<String> lines = new ArrayList<>();
        lines.add("include '" + DATA + "/data/postgresql.conf'");
        lines.addAll(PostgresSettings.lines(settings));
        return String.join("\n", lines) + "\n";
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return options.port();
    }

    @Override
    public String user() {
        return options.user();
    }

    @Override
    public String password() {
        return options.password();
    }

    @Override
    boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
