package io.freshet.engine.namespace;

import io.freshet.contracts.id.Namespace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The namespaces as PostgreSQL has them, followed by a thread that asks for one number every half
 * second, or when it is {@linkplain #wake woken}, and reads the table when it has changed.
 *
 * <p>Failure modes: while PostgreSQL is away, or its schema is not there yet, the last known
 * namespaces stay in force and {@link #problem} tells. A row that is not allowed is logged, and
 * that namespace stays as it was.
 */
public final class JdbcNamespaces implements Namespaces, AutoCloseable {

    /** In the log, an invalidation in this namespace says that the table has changed. */
    public static final Namespace ANNOUNCED_AS = new Namespace("freshet.namespaces");

    private static final Logger log = LoggerFactory.getLogger(JdbcNamespaces.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final DataSource dataSource;
    private final Duration interval;
    private final Thread thread;
    private final CountDownLatch first = new CountDownLatch(1);
    private final Semaphore wakes = new Semaphore(0);
    private final ReentrantLock refreshing = new ReentrantLock();
    private final List<Consumer<NamespaceChange>> listeners = new CopyOnWriteArrayList<>();

    private volatile Map<Namespace, NamespaceConfig> current = Map.of();
    private volatile @Nullable String problem;
    private volatile boolean closing;
    private long seenVersion = -1;

    public JdbcNamespaces(DataSource dataSource) {
        this(dataSource, INTERVAL);
    }

    JdbcNamespaces(DataSource dataSource, Duration interval) {
        this.dataSource = dataSource;
        this.interval = interval;
        this.thread = Thread.ofVirtual().name("freshet-namespaces").unstarted(this::follow);
    }

    public void start() {
        thread.start();
    }

    /** Waits until the catalog was read for the first time; false when it was not in time. */
    public boolean awaitFirst(Duration atMost) throws InterruptedException {
        return first.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<NamespaceConfig> find(Namespace name) {
        return Optional.ofNullable(current.get(name));
    }

    /** In order of their names. */
    @Override
    public Collection<NamespaceConfig> all() {
        return current.values();
    }

    /** Why the catalog cannot be read at the moment, for people; empty when it can. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Calls the listener after each change from now on, in the following thread; do not block. */
    public void onChange(Consumer<NamespaceChange> listener) {
        listeners.add(listener);
    }

    /** Reads now what has changed, for whoever has just changed it. */
    public void refresh() throws SQLException {
        refreshing.lock();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // The number first: rows that change afterwards are read once more.
            long version = readVersion(statement);
            if (version != seenVersion) {
                replace(readAll(statement));
                seenVersion = version;
            }
            first.countDown();
        } finally {
            refreshing.unlock();
        }
    }

    /** Looks soon, since the table may have changed. Does not wait. */
    public void wake() {
        wakes.release();
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }

    private void follow() {
        try {
            do {
                try {
                    refresh();
                    report(null);
                } catch (SQLException | RuntimeException e) {
                    report(e);
                }
                wakes.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                wakes.drainPermits();
            } while (!closing);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(@Nullable Exception failure) {
        String now = failure == null ? null : failure.getMessage();
        if (failure != null && problem == null && !closing) {
            log.atWarn()
                    .addKeyValue("problem", now)
                    .log("The namespaces cannot be read: the last known stay in force");
        } else if (failure == null && problem != null) {
            log.atInfo().log("The namespaces can be read again");
        }
        problem = failure != null && now == null ? failure.toString() : now;
    }

    private static long readVersion(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT version FROM freshet.cache_namespaces_version")) {
            if (!row.next()) {
                throw new SQLException("freshet.cache_namespaces_version has lost its row");
            }
            return row.getLong(1);
        }
    }

    private Map<Namespace, NamespaceConfig> readAll(Statement statement) throws SQLException {
        Map<Namespace, NamespaceConfig> read = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(NamespaceRows.SELECT_ALL + " ORDER BY name")) {
            while (rows.next()) {
                NamespaceConfig config = readOrKeep(rows);
                if (config != null) {
                    read.put(config.name(), config);
                }
            }
        }
        return read;
    }

    private @Nullable NamespaceConfig readOrKeep(ResultSet row) throws SQLException {
        try {
            return NamespaceRows.read(row);
        } catch (IllegalArgumentException e) {
            String name = row.getString("name");
            log.atError()
                    .addKeyValue("namespace", name)
                    .addKeyValue("problem", e.getMessage())
                    .log("A namespace is not as it may be: it stays as it was");
            return current.values().stream()
                    .filter(config -> config.name().value().equals(name))
                    .findAny()
                    .orElse(null);
        }
    }

    private void replace(Map<Namespace, NamespaceConfig> now) {
        Map<Namespace, NamespaceConfig> before = current;
        current = Collections.unmodifiableMap(now);
        now.values().stream()
                .filter(config -> !config.equals(before.get(config.name())))
                .forEach(config -> tell(changeOf(before.get(config.name()), config)));
        before.values().stream()
                .filter(config -> !now.containsKey(config.name()))
                .forEach(config -> tell(new NamespaceChange.Removed(config)));
    }

    private static NamespaceChange changeOf(@Nullable NamespaceConfig before, NamespaceConfig now) {
        return before == null
                ? new NamespaceChange.Added(now)
                : new NamespaceChange.Changed(before, now);
    }

    private void tell(NamespaceChange change) {
        for (Consumer<NamespaceChange> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("A listener failed on a change of a namespace");
            }
        }
    }
}
