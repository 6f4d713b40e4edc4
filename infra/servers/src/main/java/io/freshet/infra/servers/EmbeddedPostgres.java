package io.freshet.infra.servers;

import io.freshet.infra.servers.process.Account;
import io.freshet.infra.servers.process.BinaryCache;
import io.freshet.infra.servers.process.Command;
import io.freshet.infra.servers.process.ServerDirectory;
import io.freshet.infra.servers.process.ServerProcess;
import io.freshet.infra.servers.process.Signal;
import io.freshet.infra.servers.process.Stragglers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** PostgreSQL of a {@link PostgresHome}, its postmaster a child of this JVM. */
final class EmbeddedPostgres extends ProcessServer implements PostgresServer {
    /** Fast, then immediate shutdown: the first waits for a replication client that hangs. */
    private static final List<Signal> STOP = List.of(Signal.INT, Signal.QUIT);

    private final PostgresOptions options;
    private final PostgresData data;
    private final Programs programs;
    private final Account account;

    /** Finds the programs when they are needed. */
    @FunctionalInterface
    interface Programs {
        PostgresHome find() throws IOException;
    }

    private EmbeddedPostgres(PostgresOptions options, Programs programs, Account account) {
        super("PostgreSQL", options.directory());
        this.options = options;
        this.data = new PostgresData(options.directory().resolve("data"));
        this.programs = programs;
        this.account = account;
    }

    static EmbeddedPostgres start(PostgresOptions wanted, BinaryCache binaries) {
        return start(wanted, () -> PostgresHome.of(binaries));
    }

    static EmbeddedPostgres start(PostgresOptions wanted, Programs programs) {
        try {
            return start(wanted, programs, Account.current());
        } catch (IOException e) {
            throw new ServerStartException("PostgreSQL did not start: " + e.getMessage(), e);
        }
    }

    static EmbeddedPostgres start(PostgresOptions wanted, BinaryCache binaries, Account account) {
        return start(wanted, () -> PostgresHome.of(binaries), account);
    }

    private static EmbeddedPostgres start(
            PostgresOptions wanted, Programs programs, Account account) {
        return Ports.choose(
                wanted.port(),
                port -> {
                    EmbeddedPostgres postgres =
                            new EmbeddedPostgres(wanted.port(port), programs, account);
                    postgres.start();
                    return postgres;
                });
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
    ServerProcess launch(ServerDirectory directory) throws IOException {
        Ports.requireFree(options.port(), "PostgreSQL");
        PostgresHome home = programs.find();
        account.requireAccess(home.path());
        if (!data.exists()) {
            new PostgresSetup(home, account, options).create(data);
        }
        data.requireUsable(home.major());
        data.releaseStaleLock();
        Stragglers.of("postgres", data.path()).end();
        account.own(data.path());
        data.writeSettings(options);
        Command postgres =
                new Command(
                        List.of(
                                home.path().resolve("bin/postgres").toString(),
                                "-D",
                                data.path().toString(),
                                "-p",
                                Integer.toString(options.port())),
                        Map.of("LC_ALL", "C", "TZ", "UTC"),
                        Path.of("/"));
        return directory.launch(postgres.under(account.prefix()), "postgres.log", STOP);
    }

    @Override
    void awaitReady(ServerProcess process) {
        String advice = "If its data can go, delete " + options.directory() + " and start again.";
        new Readiness("PostgreSQL", options.startTimeout(), advice)
                .await(Readiness.Starting.of(process), () -> data.isReady(process.pid()));
    }
}
