package io.freshet.infra.servers;

import io.freshet.infra.servers.process.Account;
import io.freshet.infra.servers.process.Command;
import io.freshet.infra.servers.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The creation of a PostgreSQL data directory by initdb. */
record PostgresSetup(PostgresHome home, Account account, PostgresOptions options) {

    /**
     * Creates the data directory in one step: initdb works under another name, so an interrupted
     * one leaves nothing that looks like data.
     */
    void create(PostgresData data) throws IOException {
        Path fresh = options.directory().resolve("data.new");
        Directories.delete(fresh);
        Files.createDirectory(fresh);
        account.own(fresh);
        Path password = Files.createTempFile("freshet", ".password");
        try {
            Files.writeString(password, options.password());
            account.own(password);
            initdb(fresh, password);
        } finally {
            Files.delete(password);
        }
        Files.move(fresh, data.path());
    }

    private void initdb(Path directory, Path password) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                home.path().resolve("bin/initdb").toString(),
                                "--pgdata=" + directory,
                                "--username=" + options.user(),
                                "--pwfile=" + password,
                                "--auth=scram-sha-256"));
        words.addAll(PostgresSettings.initdb(home.major()));
        Command command = new Command(words, Map.of("LC_ALL", "C", "TZ", "UTC"), Path.of("/"));
        Path log = options.directory().resolve("initdb.log");
        if (command.under(account.prefix()).run(log, options.startTimeout()) != 0) {
            throw new IOException("initdb failed: " + Files.readString(log).strip());
        }
    }
}
