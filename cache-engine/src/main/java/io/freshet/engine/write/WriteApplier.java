package io.freshet.engine.write;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.event.Target;
import io.freshet.engine.log.PlacedWrite;
import io.freshet.engine.log.WriteGroup;
import io.freshet.engine.log.WriteLog;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.engine.read.InvalidationPath;
import io.freshet.engine.read.Timer;
import io.freshet.engine.source.SourceException;
import io.freshet.engine.source.SourceWriter;
import io.freshet.engine.source.WriteFence;
import io.freshet.engine.source.WriteOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings writes to their sources.
 *
 * <p>Phases of one write: the transaction commits, unless the source has taken a later write of the
 * key; the key is invalidated; the log of writes says that it is settled. Killed in between, it is
 * done again, and the fence of the source makes that harmless.
 *
 * <p>Failure modes: a source or a Kafka that is away is waited for, without end; what the source
 * refuses is tried {@link WriteOptions#attempts} times and then put aside with the reason, and
 * readers see again what the source has.
 */
final class WriteApplier implements WriteGroup.Handler {

    private static final Logger log = LoggerFactory.getLogger(WriteApplier.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final WriteOptions options;
    private final Namespaces namespaces;
    private final Function<NamespaceConfig, Optional<SourceWriter>> writers;
    private final InvalidationPath invalidations;
    private final WriteLog writes;
    private final Timer timer;
    private final InstantSource clock;
    private final WriteMeters meters;
    private final String node;

    WriteApplier(
            WriteOptions options,
            Namespaces namespaces,
            Function<NamespaceConfig, Optional<SourceWriter>> writers,
            InvalidationPath invalidations,
            WriteLog writes,
            Timer timer,
            InstantSource clock,
            WriteMeters meters,
            String node) {
        this.options = options;
        this.namespaces = namespaces;
        this.writers = writers;
        this.invalidations = invalidations;
        this.writes = writes;
        this.timer = timer;
        this.clock = clock;
        this.meters = meters;
        this.node = node;
    }

    @Override
    public CompletionStage<Void> handle(PlacedWrite placed, String log, BooleanSupplier goOn) {
        return placed.write() instanceof SourceWrite.Settled
                ? CompletableFuture.completedStage(null)
                : new Attempt(placed, new WriteFence(log, placed.offset()), goOn).run();
    }

    /** One write on its way. */
    private final class Attempt {

        private final PlacedWrite placed;
        private final SourceWrite write;
        private final WriteFence fence;
        private final BooleanSupplier goOn;
        private int refusals;
        private Duration pause = FIRST_PAUSE;

        Attempt(PlacedWrite placed, WriteFence fence, BooleanSupplier goOn) {
            this.placed = placed;
            this.write = placed.write();
            this.fence = fence;
            this.goOn = goOn;
        }

        CompletionStage<Void> run() {
            if (!goOn.getAsBoolean()) {
                return CompletableFuture.failedStage(
                        new CancellationException("somebody else applies it"));
            }
            return once().exceptionallyCompose(this::afterFailure);
        }

        private CompletionStage<Void> once() {
            Optional<SourceWriter> writer = namespaces.find(write.namespace()).flatMap(writers);
            if (writer.isEmpty()) {
                return refused("the namespace has no source that can be written");
            }
            return send(writer.get())
                    .thenCompose(outcome ->
                            switch (outcome) {
                                case WriteOutcome.Committed _ -> {
                                    meters.applied(write.namespace());
                                    yield settle();
                                }
                                case WriteOutcome.Refused(_, var detail) -> refused(detail);
                                case WriteOutcome.Broken(var detail) -> refused(detail);
                            });
        }

        private CompletionStage<WriteOutcome> send(SourceWriter writer) {
            return switch (write) {
                case SourceWrite.Put(_, var key, var json, _) ->
                        writer.put(key, WritableValue.bytes(json), fence);
                case SourceWrite.Delete(_, var key, _) ->
                        writer.deletes()
                                ? writer.delete(key, fence)
                                : CompletableFuture.completedStage(
                                        new WriteOutcome.Broken(
                                                "the namespace has no statement that deletes"));
                case SourceWrite.Settled _ ->
                        throw new IllegalStateException("is not applied: " + write);
            };
        }

        private CompletionStage<Void> refused(String detail) {
            refusals++;
            return refusals >= options.attempts() ? giveUp(detail) : again(detail);
        }

        private CompletionStage<Void> afterFailure(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
            if (cause instanceof CancellationException) {
                return CompletableFuture.failedStage(cause);
            }
            boolean late =
                    cause instanceof SourceException e
                            && e.reason() == SourceException.Reason.TIMEOUT;
            return late ? refused(String.valueOf(cause.getMessage())) : again(cause.toString());
        }

        private CompletionStage<Void> again(String reason) {
            meters.triedAgain(write.namespace());
            log.atInfo()
                    .addKeyValue("namespace", write.namespace())
                    .addKeyValue("partition", placed.partition())
                    .addKeyValue("offset", placed.offset())
                    .addKeyValue("reason", reason)
                    .log("A write is tried again");
            Duration now = pause;
            Duration next = now.multipliedBy(2);
            pause = next.compareTo(options.longestPause()) < 0 ? next : options.longestPause();
            return timer.after(now).thenCompose(_ -> run());
        }

        private CompletionStage<Void> giveUp(String reason) {
            log.atError()
                    .addKeyValue("namespace", write.namespace())
                    .addKeyValue("partition", placed.partition())
                    .addKeyValue("offset", placed.offset())
                    .addKeyValue("reason", reason)
                    .log("A write is put aside");
            return writes.giveUp(placed, reason)
                    .thenCompose(_ -> {
                        meters.gaveUp(write.namespace());
                        return settle();
                    });
        }

        /** Behind the commit: whoever is told of it by the log sees the source as it is now. */
        private CompletionStage<Void> settle() {
            return invalidations
                    .invalidate(
                            new Target.OfKey(write.namespace(), write.key()),
                            Mode.HARD,
                            Cause.of(Cause.Kind.REST, node, "written behind"))
                    .thenCompose(receipt ->
                            writes.append(
                                    new SourceWrite.Settled(
                                            write.namespace(),
                                            write.key(),
                                            placed.offset(),
                                            receipt.token(),
                                            clock.instant())))
                    .thenAccept(_ -> {});
        }
    }
}
