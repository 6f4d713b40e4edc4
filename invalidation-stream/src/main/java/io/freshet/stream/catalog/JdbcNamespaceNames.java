package io.freshet.stream.catalog;

import io.freshet.contracts.id.Namespace;
import io.freshet.stream.applier.NamespaceNames;
import io.freshet.stream.expansion.RowTerms;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names in {@code freshet.cache_namespaces} and what stands beside them, polled by a thread of
 * its own over one connection.
 *
 * <p>Failure modes: the table is made by api-service, and until then, or while PostgreSQL cannot be
 * reached, the names stay what they were; that is logged when it begins and when it ends.
 */
public final class JdbcNamespaceNames implements NamespaceNames, RowTerms, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JdbcNamespaceNames.class);
    private static final String QUERY =
            "SELECT name, default_ttl, max_value_bytes FROM freshet.cache_namespaces";
    private static final int TIMEOUT_SECONDS = 5;

    private final String url;
    private final Properties login = new Properties();
    private final Duration interval;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private volatile @Nullable Map<Namespace, Terms> known;
    private volatile boolean failing;

    private JdbcNamespaceNames(String url, String user, String password, Duration interval) {
        this.url = url;
        this.interval = interval;
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", Integer.toString(TIMEOUT_SECONDS));
        login.setProperty("socketTimeout", Integer.toString(TIMEOUT_SECONDS));
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("ApplicationName", "freshet-invalidation-stream");
        thread = Thread.ofPlatform().daemon().name("namespace-names").unstarted(this::run);
    }

    /** Begins to poll. */
    public static JdbcNamespaceNames poll(
            String url, String user, String password, Duration interval) {
        var names = new JdbcNamespaceNames(url, user, password, interval);
        names.thread.start();
        return names;
    }

    @Override
    public Optional<Set<Namespace>> names() {
        return Optional.ofNullable(known).map(Map::keySet);
    }

    @Override
    public @Nullable Terms of(Namespace namespace) {
        Map<Namespace, Terms> last = known;
        return last == null ? null : last.get(namespace);
    }

    private void run() {
        try {
            do {
                pollUntilItFails();
            } while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void pollUntilItFails() throws InterruptedException {
        try (var connection = DriverManager.getConnection(url, login)) {
            connection.setReadOnly(true);
            do {
                known = read(connection);
                if (failing) {
                    failing = false;
                    log.atInfo().log("the catalog of namespaces can be read again");
                }
            } while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (SQLException e) {
            if (!failing) {
                failing = true;
                log.atWarn()
                        .addKeyValue("sql-state", e.getSQLState())
                        .addKeyValue("reason", e.getMessage())
                        .log("the catalog of namespaces cannot be read yet");
            }
        }
    }

    private static Map<Namespace, Terms> read(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(QUERY)) {
            query.setQueryTimeout(TIMEOUT_SECONDS);
            var found = new HashMap<Namespace, Terms>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            new Namespace(rows.getString(1)),
                            new Terms(Duration.ofSeconds(rows.getLong(2)), rows.getLong(3)));
                }
            }
            return Map.copyOf(found);
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
