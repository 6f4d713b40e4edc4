package io.freshet.infra.local.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The directory of one local instance, {@code var/} of the checkout unless {@code FRESHET_VAR}
 * names another: data, logs, process ids and what the instance tells others. {@code
 * docs/local-mode.md} lists its files.
 *
 * @param root absolute
 */
public record VarDirectory(Path root) {
    public VarDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** Makes the directories that everything else writes into. */
    public void create() throws IOException {
        for (Path directory :
                new Path[] {
                    logs(), run(), control(), applications(), config(), root.resolve("data")
                }) {
            Files.createDirectories(directory);
        }
        for (Part part : Part.values()) {
            Path link = logs().resolve(log(part).getFileName());
            if (!part.isService() && !Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, logs().relativize(log(part)));
            }
        }
    }

    /** Puts aside what the parts of the instance before this one printed. */
    public void turnOverLogs() throws IOException {
        for (Part part : Part.values()) {
            Path log = log(part);
            if (Files.exists(log)) {
                Path before = log.resolveSibling(log.getFileName() + ".1");
                Files.move(log, before, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /**
     * Shell lines with everything that a client of the instance needs; exists only while it is up.
     */
    public Path environmentFile() {
        return root.resolve("local.env");
    }

    /** The bearer token, kept from one start to the next; readable by its owner alone. */
    public Path token() {
        return root.resolve("token");
    }

    /** PostgreSQL's password, kept likewise. */
    public Path postgresPassword() {
        return root.resolve("postgres.password");
    }

    /** Held locked by the supervisor for as long as it lives. */
    public Path lock() {
        return root.resolve("run/supervisor.lock");
    }

    /** The instance's state, rewritten by the supervisor at each change. */
    public Path status() {
        return root.resolve("run/status");
    }

    public Path pidFile(Part part) {
        return run().resolve(part.label() + ".pid");
    }

    public Path run() {
        return root.resolve("run");
    }

    /** Orders to the supervisor and its answers. */
    public Path control() {
        return root.resolve("control");
    }

    public Path logs() {
        return root.resolve("log");
    }

    /**
     * What a part prints. A server writes it beside its data; {@link #create} links to it from the
     * logs.
     */
    public Path log(Part part) {
        return (part.isService() ? logs() : data(part)).resolve(part.label() + ".log");
    }

    public Path supervisorLog() {
        return logs().resolve("supervisor.log");
    }

    /** What a part keeps from one start to the next. */
    public Path data(Part part) {
        return root.resolve("data").resolve(part.label());
    }

    /** The rules and namespaces that the services were started with. */
    public Path config() {
        return root.resolve("config");
    }

    /** The services' unpacked jars: running processes do not notice a build. */
    public Path applications() {
        return root.resolve("app");
    }
}
