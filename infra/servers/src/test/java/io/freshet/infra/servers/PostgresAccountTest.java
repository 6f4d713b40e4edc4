package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freshet.infra.servers.process.Account;
import io.freshet.infra.servers.process.BinaryCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL started by root, which it refuses to be. */
@EmbeddedOnly
class PostgresAccountTest {
    private final BinaryCache binaries = BinaryCache.configured();

    @TempDir Path temporary;

    @BeforeEach
    void beRoot() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root has stand-ins");
    }

    @Test
    void shouldKeepItsDataWhoeverStandsInForRoot() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        try (PostgresServer first = start(Account.Unprivileged.bySetpriv())) {
            execute(first, "CREATE TABLE visitor (id serial)");
        }

        for (Account account :
                List.of(
                        new Account.UserNamespace(),
                        Account.Unprivileged.byChroot(),
                        new Account.UserNamespace())) {
            try (PostgresServer next = start(account)) {
                execute(next, "INSERT INTO visitor DEFAULT VALUES");
            }
        }

        try (PostgresServer last = start(Account.current());
                var connection = last.connect("postgres");
                var statement = connection.createStatement();
                var visitors = statement.executeQuery("SELECT count(*) FROM visitor")) {
            visitors.next();
            assertThat(visitors.getInt(1)).isEqualTo(3);
        }
    }

    @Test
    void shouldSayWhatToDoWhereTheStandInCannotReachTheDirectory() {
        Account account = Account.Unprivileged.bySetpriv();

        assertThatThrownBy(() -> start(account))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("cannot reach " + temporary)
                .hasMessageContaining("chmod o+x");
    }

    private PostgresServer start(Account account) {
        return EmbeddedPostgres.start(
                PostgresOptions.in(temporary.resolve("postgres")), binaries, account);
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
