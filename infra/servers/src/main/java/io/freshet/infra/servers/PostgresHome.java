package io.freshet.infra.servers;

import io.freshet.infra.servers.process.BinaryCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's programs in a directory with {@code bin}, {@code lib} and {@code share}: those of
 * {@link PostgresBinaries}, or an installation of this machine that the system property {@link
 * #PROPERTY} names, such as {@code /usr/lib/postgresql/15}.
 *
 * @param major version, as a data directory's PG_VERSION states it
 */
record PostgresHome(Path path, String major) {

    static final String PROPERTY = "freshet.postgres.home";

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    static PostgresHome of(BinaryCache binaries) throws IOException {
        String installed = System.getProperty(PROPERTY);
        return installed == null
                ? new PostgresHome(PostgresBinaries.unpacked(binaries), PostgresBinaries.MAJOR)
                : installedAt(Path.of(installed));
    }

    static PostgresHome installedAt(Path home) throws IOException {
        Path server = home.resolve("bin/postgres");
        Process process =
                new ProcessBuilder(server.toString(), "--version")
                        .redirectErrorStream(true)
                        .start();
        try (var answer = process.getInputStream()) {
            String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(text);
            if (!version.find()) {
                throw new IOException("%s says no version: %s".formatted(server, text));
            }
            return new PostgresHome(home, version.group(1));
        }
    }
}
