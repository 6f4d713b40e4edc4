package io.freshet.engine.redis;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Opens the connections to Redis.
 *
 * <p>Phases: one connection is dialled, the servers behind it are inspected, the scripts are
 * loaded, the other connections are dialled, and all are put in service at once. From then on
 * Lettuce brings back what breaks.
 *
 * <p>Failure modes: a Redis that cannot be reached is dialled again until it can, and the store is
 * unavailable until then; a Redis that may evict by itself is warned of, or refused for good where
 * {@code require-noeviction} says so.
 */
public final class RedisConnector {

    private static final Logger log = LoggerFactory.getLogger(RedisConnector.class);
    private static final Duration FIRST_RECONNECT = Duration.ofMillis(10);

    private final RedisOptions options;
    private final ClientResources resources;
    private final Dialer dialer;
    private final RedisConnections connections;
    private volatile boolean closed;
    private volatile boolean failedBefore;

    private RedisConnector(RedisOptions options, MeterRegistry meters) {
        this.options = options;
        RedisTarget target = options.target();
        resources =
                DefaultClientResources.builder()
                        .ioThreadPoolSize(Math.max(2, options.connections()))
                        .reconnectDelay(
                                Delay.exponential(
                                        FIRST_RECONNECT,
                                        options.reconnectDelay(),
                                        2,
                                        TimeUnit.MILLISECONDS))
                        .build();
        dialer =
                target.cluster()
                        ? new ClusterDialer(target, options, resources)
                        : new ServerDialer(target, options, resources);
        connections =
                new RedisConnections(
                        new Failures(meters),
                        new RedisCircuit(options.circuit()),
                        options.requestQueueSize(),
                        dialer::info,
                        new Notices(dialer::listen),
                        this::close);
        Gauge.builder("cache.store.connected", connections, c -> c.isConnected() ? 1 : 0)
                .description("Whether Redis takes commands")
                .register(meters);
        Gauge.builder("freshet.redis.circuit", connections, c -> c.circuit().level())
                .description("Whether nodes ask Redis: 0 closed, 1 half-open, 2 open")
                .register(meters);
    }

    /**
     * Connects; blocks until the first attempt has succeeded or failed.
     *
     * @throws IllegalArgumentException when the URI is none
     * @throws IllegalStateException when a server may evict by itself and that is not allowed; a
     *     Redis that cannot be reached is not an error here
     */
    public static RedisConnections connect(RedisOptions options, MeterRegistry meters) {
        var connector = new RedisConnector(options, meters);
        try {
            connector
                    .open()
                    .toCompletableFuture()
                    .get(options.connectTimeout().toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnfitServerException unfit) {
                connector.connections.close();
                throw new IllegalStateException(unfit.getMessage(), unfit);
            }
        } catch (TimeoutException _) {
            log.atWarn().addKeyValue("redis", options).log("Redis does not answer; still trying");
        } catch (InterruptedException e) {
            connector.connections.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting to Redis", e);
        }
        return connector.connections;
    }

    private CompletionStage<Void> open() {
        if (closed) {
            return CompletableFuture.completedStage(null);
        }
        return dialer.dial()
                .thenCompose(first ->
                        inspect(first)
                                .thenCompose(_ -> loadScripts(first))
                                .thenCompose(_ -> dialTheOthers(first))
                                .whenComplete((_, failure) ->
                                        closeAfter(
                                                failure, CompletableFuture.completedFuture(first))))
                .thenAccept(this::serve)
                .whenComplete((_, failure) -> tryAgainAfter(failure));
    }

    private CompletionStage<Void> inspect(Link link) {
        return dialer.info(link.commands())
                .thenAccept(
                        answers -> answers.stream().map(ServerFacts::parse).forEach(this::judge));
    }

    private void judge(ServerFacts server) {
        log.atInfo()
                .addKeyValue("version", server.version())
                .addKeyValue("maxmemoryPolicy", server.maxmemoryPolicy().orElse("unknown"))
                .log("Found Redis");
        if (!server.mayEvict()) {
            return;
        }
        var unfit = new UnfitServerException(server);
        if (options.requireNoeviction()) {
            throw unfit;
        }
        log.atWarn().log(unfit.getMessage());
    }

    private static CompletionStage<Void> loadScripts(Link link) {
        var loads = new ArrayList<CompletableFuture<String>>();
        for (Script script : Script.values()) {
            loads.add(link.commands().scriptLoad(script.body()).toCompletableFuture());
        }
        return CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new));
    }

    private CompletionStage<List<Link>> dialTheOthers(Link first) {
        List<CompletableFuture<Link>> others =
                IntStream.range(1, options.connections())
                        .mapToObj(_ -> dialer.dial().toCompletableFuture())
                        .toList();
        return CompletableFuture.allOf(others.toArray(CompletableFuture[]::new))
                .whenComplete((_, failure) -> others.forEach(link -> closeAfter(failure, link)))
                .thenApply(_ ->
                        Stream.concat(
                                        Stream.of(first),
                                        others.stream().map(CompletableFuture::join))
                                .toList());
    }

    private void serve(List<Link> links) {
        connections.inService(links);
        log.atInfo().addKeyValue("redis", options).log("Connected to Redis");
    }

    private static void closeAfter(@Nullable Throwable failure, CompletableFuture<Link> link) {
        if (failure != null) {
            var _ = link.thenCompose(opened -> opened.connection().closeAsync());
        }
    }

    private void tryAgainAfter(@Nullable Throwable failure) {
        if (failure == null || closed) {
            return;
        }
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof UnfitServerException) {
            log.atError().log(cause.getMessage());
            return;
        }
        log.atLevel(failedBefore ? Level.DEBUG : Level.WARN)
                .addKeyValue("redis", options)
                .addKeyValue("cause", cause.toString())
                .log("Redis cannot be reached; trying until it can");
        failedBefore = true;
        var _ =
                resources
                        .eventExecutorGroup()
                        .schedule(
                                () -> {
                                    var _ = open();
                                },
                                options.reconnectDelay().toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    private void close() {
        closed = true;
        try {
            dialer.shutdown().toCompletableFuture().get(5, TimeUnit.SECONDS);
            resources.shutdown(0, 2, TimeUnit.SECONDS).get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn().setCause(e).log("Connections to Redis did not close in order");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
