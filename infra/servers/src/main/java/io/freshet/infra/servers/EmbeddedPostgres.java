package io.freshet.infra.servers;

import io.freshet.infra.servers.process.Account;
import io.freshet.infra.servers.process.BinaryCache;
import io.freshet.infra.servers.process.Directories;
import io.freshet.infra.servers.process.ServerProcess;
import io.freshet.infra.servers.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** PostgreSQL 18 from {@link PostgresBinaries}, its postmaster a child of this JVM. */
final class EmbeddedPostgres extends ProcessServer implements PostgresServer {
    private final Launcher launcher;

    private EmbeddedPostgres(Launcher launcher, ServerProcess process) {
        super(process);
        this.launcher = launcher;
    }

    static EmbeddedPostgres start(PostgresOptions wanted, BinaryCache binaries) {
        PostgresOptions options = wanted.port(Ports.resolve(wanted.port()));
        try {
            Launcher launcher =
                    new Launcher(PostgresBinaries.unpacked(binaries), Account.current(), options);
            return new EmbeddedPostgres(launcher, launcher.launch());
        } catch (IOException e) {
            throw notStarted(options, e);
        }
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return launcher.options.port();
    }

    @Override
    public String user() {
        return launcher.options.user();
    }

    @Override
    public String password() {
        return launcher.options.password();
    }

    @Override
    ServerProcess startAgain() {
        try {
            return launcher.launch();
        } catch (IOException e) {
            throw notStarted(launcher.options, e);
        }
    }

    /** Fast, then immediate shutdown: the first waits for a replication client that hangs. */
    @Override
    Signal[] stopSignals() {
        return new Signal[] {Signal.INT, Signal.QUIT};
    }

    @Override
    Duration stopPatience() {
        return Duration.ofSeconds(10);
    }

    private static ServerStartException notStarted(PostgresOptions options, IOException cause) {
        return new ServerStartException(
                "PostgreSQL did not start in " + options.directory() + ": " + cause.getMessage(),
                cause);
    }

    /** Creates the data directory if need be, and runs the postmaster on it. */
    private record Launcher(Path home, Account account, PostgresOptions options) {

        ServerProcess launch() throws IOException {
            Ports.requireFree(options.port(), "PostgreSQL");
            Files.createDirectories(options.directory());
            Path data = options.directory().resolve("data");
            if (!Files.exists(data)) {
                initialise(data);
            }
            account.own(data);
            Files.write(data.resolve(PostgresSettings.FILE), PostgresSettings.lines(options));
            account.own(data.resolve(PostgresSettings.FILE));
            ServerProcess process =
                    run(
                            "postgres",
                            "postgres.log",
                            List.of("-D", data.toString(), "-p", "" + options.port()));
            Readiness.await(
                    "PostgreSQL", process, options.startTimeout(), () -> isReady(data, process));
            return process;
        }

        /** Under another name first: an interrupted initdb leaves no data directory. */
        private void initialise(Path data) throws IOException {
            Path fresh = options.directory().resolve("data.new");
            Directories.delete(fresh);
            Files.createDirectory(fresh);
            account.own(fresh);
            Path password = Files.createTempFile("freshet", ".password");
            try {
                Files.writeString(password, options.password());
                account.own(password);
                ServerProcess initdb =
                        run(
                                "initdb",
                                "initdb.log",
                                List.of(
                                        "--pgdata=" + fresh,
                                        "--username=" + options.user(),
                                        "--pwfile=" + password,
                                        "--auth=scram-sha-256",
                                        "--encoding=UTF8",
                                        "--locale=C",
                                        "--locale-provider=builtin",
                                        "--builtin-locale=C.UTF-8"));
                Readiness.await(
                        "initdb",
                        initdb,
                        options.startTimeout(),
                        () -> !initdb.isAlive() && Files.exists(fresh.resolve("PG_VERSION")));
            } finally {
                Files.delete(password);
            }
            Files.writeString(
                    fresh.resolve("postgresql.conf"),
                    "include '" + PostgresSettings.FILE + "'\n",
                    StandardOpenOption.APPEND);
            Files.move(fresh, data);
        }

        private ServerProcess run(String program, String log, List<String> arguments)
                throws IOException {
            List<String> command = new ArrayList<>(account.prefix());
            command.add(home.resolve("bin").resolve(program).toString());
            command.addAll(arguments);
            return ServerProcess.launch(
                    command,
                    Map.of("LC_ALL", "C", "TZ", "UTC"),
                    Path.of("/"),
                    options.directory().resolve(log));
        }

        /** The postmaster's own statement, the one that pg_ctl waits for too. */
        private static boolean isReady(Path data, ServerProcess process) throws IOException {
            Path file = data.resolve("postmaster.pid");
            if (!Files.exists(file)) {
                return false;
            }
            try (Stream<String> lines = Files.lines(file)) {
                List<String> all = lines.toList();
                return all.size() >= 8
                        && all.getFirst().equals(Long.toString(process.pid()))
                        && all.get(7).strip().equals("ready");
            }
        }
    }
}
