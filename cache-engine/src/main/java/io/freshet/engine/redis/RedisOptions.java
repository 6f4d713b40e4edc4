package io.freshet.engine.redis;

import io.freshet.engine.resilience.CircuitOptions;
import java.time.Duration;

/**
 * How to reach Redis.
 *
 * @param uri {@code redis://}, {@code rediss://} (TLS) or {@code redis-sentinel://} as Lettuce
 *     reads them; {@code redis-cluster://a:6379,b:6379} or several {@code redis://} addresses with
 *     commas between them are a Cluster
 * @param prefix begins the name of every key; see {@link RedisKeys}
 * @param commandTimeout after which a command counts as failed, whatever becomes of it
 * @param connectTimeout of one attempt to connect
 * @param connections shared by all callers; as many as there are processors unless said otherwise
 * @param requestQueueSize commands under way on one connection; more are refused at once
 * @param reconnectDelay longest pause between two attempts to connect
 * @param requireNoeviction whether a Redis that evicts by itself is refused, not only warned of
 * @param circuit when nodes leave it alone
 */
public record RedisOptions(
        String uri,
        String prefix,
        Duration commandTimeout,
        Duration connectTimeout,
        int connections,
        int requestQueueSize,
        Duration reconnectDelay,
        boolean requireNoeviction,
        CircuitOptions circuit) {

    /** When nodes leave Redis alone, unless said otherwise. */
    public static final CircuitOptions DEFAULT_CIRCUIT =
            new CircuitOptions(
                    50,
                    80,
                    Duration.ofMillis(200),
                    Duration.ofSeconds(5),
                    50,
                    Duration.ofMillis(500),
                    10);

    public RedisOptions {
        if (uri.isBlank()) {
            throw new IllegalArgumentException("freshet.redis.uri must not be empty");
        }
        requirePositive("command-timeout", commandTimeout);
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("reconnect-delay", reconnectDelay);
        if (connections < 1 || requestQueueSize < 1) {
            throw new IllegalArgumentException(
                    "freshet.redis.connections and freshet.redis.request-queue-size must be"
                            + " positive");
        }
    }

    /** The defaults. */
    public static RedisOptions of(String uri) {
        return new RedisOptions(
                uri,
                "",
                Duration.ofMillis(300),
                Duration.ofSeconds(2),
                Runtime.getRuntime().availableProcessors(),
                20_000,
                Duration.ofMillis(500),
                false,
                DEFAULT_CIRCUIT);
    }

    public RedisOptions prefix(String prefix) {
        return new RedisOptions(
                uri,
                prefix,
                commandTimeout,
                connectTimeout,
                connections,
                requestQueueSize,
                reconnectDelay,
                requireNoeviction,
                circuit);
    }

    public RedisOptions commandTimeout(Duration commandTimeout) {
        return new RedisOptions(
                uri,
                prefix,
                commandTimeout,
                connectTimeout,
                connections,
                requestQueueSize,
                reconnectDelay,
                requireNoeviction,
                circuit);
    }

    public RedisOptions requireNoeviction(boolean requireNoeviction) {
        return new RedisOptions(
                uri,
                prefix,
                commandTimeout,
                connectTimeout,
                connections,
                requestQueueSize,
                reconnectDelay,
                requireNoeviction,
                circuit);
    }

    public RedisOptions circuit(CircuitOptions circuit) {
        return new RedisOptions(
                uri,
                prefix,
                commandTimeout,
                connectTimeout,
                connections,
                requestQueueSize,
                reconnectDelay,
                requireNoeviction,
                circuit);
    }

    RedisTarget target() {
        return RedisTarget.parse(uri, commandTimeout);
    }

    /** Without the URI's user and password. */
    @Override
    public String toString() {
        return "RedisOptions["
                + uri.replaceAll("//[^@/]*@", "//***@")
                + ", prefix="
                + prefix
                + ", commandTimeout="
                + commandTimeout
                + ", connectTimeout="
                + connectTimeout
                + ", connections="
                + connections
                + "]";
    }

    private static void requirePositive(String option, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("freshet.redis." + option + " must be positive");
        }
    }
}
