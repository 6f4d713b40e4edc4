package io.freshet.infra.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** PostgreSQL of other versions than the unpacked one, where Debian's packages put them. */
public final class InstalledPostgres {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private InstalledPostgres() {}

    /**
     * Starts one.
     *
     * @param major version, such as 15
     * @return nothing where it is not installed, which is said aloud
     * @throws ServerStartException if it does not come up
     */
    public static Optional<PostgresServer> start(int major, PostgresOptions options) {
        Path home = DEBIAN.resolve(Integer.toString(major));
        if (!Files.isExecutable(home.resolve("bin/postgres"))) {
            System.err.printf(
                    "%n*** There is no PostgreSQL %1$d in %2$s, so nothing is proved of it. Install"
                            + " the package postgresql-%1$d.%n%n",
                    major, home);
            return Optional.empty();
        }
        return Optional.of(EmbeddedPostgres.start(options, () -> PostgresHome.installedAt(home)));
    }
}
