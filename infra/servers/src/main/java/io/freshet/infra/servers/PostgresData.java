package io.freshet.infra.servers;

import io.freshet.infra.servers.process.ServerDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL data directory on disk, read and mended while no server runs on it. */
record PostgresData(Path path) {
    private static final String OWN_SETTINGS = "freshet.conf";

    /** Above every process id that a system hands out. */
    private static final String NOBODY = Integer.toString(Integer.MAX_VALUE);

    boolean exists() {
        return Files.exists(path);
    }

    /**
     * Checks that this version can run on it.
     *
     * @param major the version
     * @throws IOException saying what to do, if it cannot
     */
    void requireUsable(String major) throws IOException {
        Path version = path.resolve("PG_VERSION");
        String made = Files.exists(version) ? Files.readString(version).strip() : "unknown";
        if (!made.equals(major)) {
            throw new IOException(
                    path
                            + " was made by version "
                            + made
                            + " and this is "
                            + major
                            + ": move it away or, if its data can go, delete it");
        }
    }

    /**
     * Writes the server's parameters into a file that postgresql.conf includes. Not onto the
     * command line: so ALTER SYSTEM still overrides each of them.
     */
    void writeSettings(PostgresOptions options) throws IOException {
        Files.write(
                path.resolve(OWN_SETTINGS), PostgresSettings.lines(PostgresSettings.of(options)));
        Path main = path.resolve("postgresql.conf");
        String include = "include '" + OWN_SETTINGS + "'";
        List<String> lines = new ArrayList<>(Files.readAllLines(main));
        if (!lines.contains(include)) {
            lines.add(include);
            Files.write(main, lines);
        }
    }

    /**
     * Mends a lock file whose process id now belongs to some other program, which PostgreSQL would
     * take for a running postmaster. Only the process id is changed: PostgreSQL still checks by the
     * rest that no process of the dead server holds its shared memory.
     *
     * @throws IOException saying what to do, if a postmaster does run on this directory
     */
    void releaseStaleLock() throws IOException {
        List<String> lines = lockLines();
        if (lines.isEmpty() || !lines.getFirst().matches("\\d{1,10}")) {
            Files.deleteIfExists(lockFile());
            return;
        }
        Optional<ProcessHandle> holder = ProcessHandle.of(Long.parseLong(lines.getFirst()));
        if (holder.isEmpty()) {
            return;
        }
        if (ServerDirectory.mentions(holder.get(), path)) {
            throw new IOException(
                    "a PostgreSQL that was not started here runs on it as process "
                            + holder.get().pid()
                            + ": stop it (kill -INT "
                            + holder.get().pid()
                            + ") and start again");
        }
        List<String> mended = new ArrayList<>(lines);
        mended.set(0, NOBODY);
        Files.write(lockFile(), mended);
    }

    /**
     * The postmaster's own statement that it accepts connections, a standby's to read; pg_ctl waits
     * for it too.
     */
    boolean isReady(long pid) throws IOException {
        List<String> lines = lockLines();
        return lines.size() >= 8
                && lines.getFirst().equals(Long.toString(pid))
                && lines.get(7).strip().matches("ready|standby");
    }

    private List<String> lockLines() throws IOException {
        return Files.exists(lockFile()) ? Files.readAllLines(lockFile()) : List.of();
    }

    private Path lockFile() {
        return path.resolve("postmaster.pid");
    }
}
