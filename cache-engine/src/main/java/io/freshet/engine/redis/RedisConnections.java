package io.freshet.engine.redis;

import io.freshet.engine.resilience.CircuitState;
import io.freshet.engine.store.StoreUnavailableException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shared connections to Redis.
 *
 * <p>A thread keeps to one connection, so that what one event loop asks stays in order and
 * connections are spread over threads. Every stage fails with {@link StoreUnavailableException},
 * and completes on an I/O thread: nothing that follows may block. Thread-safe.
 */
public final class RedisConnections implements AutoCloseable {

    private final Failures failures;
    private final RedisCircuit circuit;
    private final int requestQueueSize;
    private final AllServers allServers;
    private final Notices notices;
    private final Runnable onClose;
    private volatile List<Link> links = List.of();

    /** Asks every server that takes writes what it says of itself. */
    @FunctionalInterface
    interface AllServers {

        CompletionStage<List<String>> info(RedisClusterAsyncCommands<byte[], byte[]> commands);
    }

    RedisConnections(
            Failures failures,
            RedisCircuit circuit,
            int requestQueueSize,
            AllServers allServers,
            Notices notices,
            Runnable onClose) {
        this.failures = failures;
        this.circuit = circuit;
        this.requestQueueSize = requestQueueSize;
        this.allServers = allServers;
        this.notices = notices;
        this.onClose = onClose;
    }

    /** Whether commands are taken now. Asks nobody; of a Cluster it speaks for one server. */
    public boolean isConnected() {
        return links.stream().anyMatch(link -> link.connection().isOpen());
    }

    /** Whether nodes ask it now. */
    public CircuitState circuit() {
        return circuit.state();
    }

    /** Done when Redis has answered. */
    public CompletionStage<Void> ping() {
        return call(Op.PING, RedisClusterAsyncCommands::ping).thenAccept(_ -> {});
    }

    /**
     * Names the servers that take writes. A restarted one has another name than before, and so has
     * a replica that was promoted.
     */
    public CompletionStage<Set<String>> servers() {
        return facts().thenApply(servers ->
                servers.stream()
                        .map(ServerFacts::identity)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Asks the servers that take writes how full they are and how far replicas are behind. */
    public CompletionStage<ServerMemory> memory() {
        return facts().thenApply(ServerMemory::of);
    }

    private CompletionStage<List<ServerFacts>> facts() {
        return call(
                Op.SERVERS,
                commands ->
                        allServers
                                .info(commands)
                                .thenApply(answers ->
                                        answers.stream().map(ServerFacts::parse).toList()));
    }

    /** Closes the connections and waits for their threads; what is under way fails. */
    @Override
    public void close() {
        links = List.of();
        onClose.run();
    }

    void inService(List<Link> opened) {
        links = opened;
    }

    Notices notices() {
        return notices;
    }

    Failures failures() {
        return failures;
    }

    <T> CompletionStage<T> call(
            Op op,
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        Link link = link();
        if (link == null) {
            return failed(op, new IllegalStateException("not connected yet"));
        }
        if (!link.enter(1, requestQueueSize)) {
            return failed(op, tooMany());
        }
        if (!circuit.enter(op)) {
            link.leave(1);
            return failed(op, circuit.open());
        }
        long since = System.nanoTime();
        try {
            CompletableFuture<T> answer = command.apply(link.commands()).toCompletableFuture();
            return answered(op, link, answer, failure -> circuit.settle(op, since, failure));
        } catch (RedisException e) {
            circuit.settle(op, since, e);
            link.leave(1);
            return failed(op, e);
        }
    }

    /** Sends many commands in one write. */
    <T> List<CompletableFuture<T>> pipeline(Op op, List<RedisCommand<byte[], byte[], T>> commands) {
        if (commands.isEmpty()) {
            return List.of();
        }
        Link link = link();
        if (link == null) {
            return allFailed(op, commands, new IllegalStateException("not connected yet"));
        }
        if (!link.enter(commands.size(), requestQueueSize)) {
            return allFailed(op, commands, tooMany());
        }
        if (!circuit.enter(op)) {
            link.leave(commands.size());
            return allFailed(op, commands, circuit.open());
        }
        long since = System.nanoTime();
        List<AsyncCommand<byte[], byte[], T>> sent =
                commands.stream().map(command -> new AsyncCommand<>(command)).toList();
        try {
            var _ = link.connection().dispatch(sent);
        } catch (RedisException e) {
            sent.forEach(command -> command.completeExceptionally(e));
        }
        // The first speaks for all of them.
        var answers = new ArrayList<CompletableFuture<T>>(sent.size());
        for (var command : sent) {
            answers.add(
                    answers.isEmpty()
                            ? answered(
                                    op,
                                    link,
                                    command,
                                    failure -> circuit.settle(op, since, failure))
                            : answered(op, link, command, _ -> {}));
        }
        return answers;
    }

    /** Runs a script by its digest, or by its text where the server does not know it yet. */
    <T> CompletionStage<T> eval(
            Op op, Script script, ScriptOutputType output, byte[][] keys, byte[]... args) {
        return call(
                op,
                commands -> {
                    CompletionStage<T> first =
                            commands.evalsha(script.digest(), output, keys, args);
                    return first.exceptionallyCompose(failure ->
                            Failures.unwrap(failure) instanceof RedisNoScriptException
                                    ? commands.eval(script.body(), output, keys, args)
                                    : CompletableFuture.failedStage(failure));
                });
    }

    private <T> CompletableFuture<T> answered(
            Op op, Link link, CompletableFuture<T> answer, Consumer<@Nullable Throwable> settle) {
        return answer.handle((value, failure) -> {
            link.leave(1);
            settle.accept(failure);
            if (failure != null) {
                throw new CompletionException(failures.unavailable(op, failure));
            }
            return value;
        });
    }

    private <T> CompletableFuture<T> failed(Op op, Exception reason) {
        return CompletableFuture.failedFuture(failures.unavailable(op, reason));
    }

    private <T> List<CompletableFuture<T>> allFailed(
            Op op, List<RedisCommand<byte[], byte[], T>> commands, Exception reason) {
        return commands.stream().map(_ -> this.<T>failed(op, reason)).toList();
    }

    private RejectedExecutionException tooMany() {
        return new RejectedExecutionException(
                "more than %d commands are under way".formatted(requestQueueSize));
    }

    private @Nullable Link link() {
        List<Link> all = links;
        int n = all.size();
        if (n == 0) {
            return null;
        }
        int mine = (int) (Thread.currentThread().threadId() % n);
        for (int i = 0; i < n; i++) {
            Link link = all.get((mine + i) % n);
            if (link.connection().isOpen()) {
                return link;
            }
        }
        return all.get(mine);
    }
}
