package io.freshet.infra.servers;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka, one PostgreSQL and one Redis for all tests of this JVM, each started when first asked
 * for, all stopped and deleted when the JVM ends.
 *
 * <p>Tests share them, so each takes names of its own with {@link #freshName}. A test that hurts a
 * server starts one for itself with {@link ServerProvider}. Safe for use by several threads.
 */
public final class SharedServers {
    private static final Logger log = LoggerFactory.getLogger(SharedServers.class);
    private static final ServerProvider PROVIDER = ServerProvider.configured();
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Deque<RunningServer> STARTED = new ArrayDeque<>();

    private static @Nullable SharedDirectory directory;
    private static @Nullable KafkaServer kafka;
    private static @Nullable PostgresServer postgres;
    private static @Nullable RedisServer redis;

    private SharedServers() {}

    public static synchronized KafkaServer kafka() {
        if (kafka == null) {
            kafka = started(PROVIDER.startKafka(KafkaOptions.in(directory("kafka"))));
        }
        return kafka;
    }

    public static synchronized PostgresServer postgres() {
        if (postgres == null) {
            postgres = started(PROVIDER.startPostgres(PostgresOptions.in(directory("postgres"))));
        }
        return postgres;
    }

    public static synchronized RedisServer redis() {
        if (redis == null) {
            redis = started(PROVIDER.startRedis(RedisOptions.in(directory("redis"))));
        }
        return redis;
    }

    /**
     * A name that nobody else on these servers uses: fit for a topic prefix, a database, a
     * replication slot, a namespace (lower-case letters, digits, underscores).
     *
     * @param stem what it begins with, so that a reader of logs knows whose it is
     */
    public static String freshName(String stem) {
        if (!stem.matches("[a-z][a-z0-9_]{0,30}")) {
            throw new IllegalArgumentException("Not a stem of a name: " + stem);
        }
        long process = ProcessHandle.current().pid();
        return String.format(
                Locale.ROOT, "%s_%s_%d", stem, Long.toString(process, 36), NAMES.incrementAndGet());
    }

    /** A new, empty database on {@link #postgres()}. */
    public static Database freshDatabase(String stem) {
        PostgresServer server = postgres();
        String name = freshName(stem);
        try {
            server.createDatabase(name);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create database " + name, e);
        }
        return new Database(server.jdbcUrl(name), server.user(), server.password(), name);
    }

    private static <S extends RunningServer> S started(S server) {
        STARTED.push(server);
        return server;
    }

    private static Path directory(String server) {
        if (directory == null) {
            directory = SharedDirectory.create();
            Runtime.getRuntime().addShutdownHook(new Thread(SharedServers::stop, "servers-stop"));
        }
        return directory.path().resolve(server);
    }

    private static synchronized void stop() {
        for (RunningServer server : STARTED) {
            try {
                server.close();
            } catch (RuntimeException e) {
                log.atWarn().setCause(e).log("A shared server did not stop");
            }
        }
        if (directory != null) {
            PROVIDER.discard(directory.path());
        }
    }
}
