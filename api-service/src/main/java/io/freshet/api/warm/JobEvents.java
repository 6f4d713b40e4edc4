package io.freshet.api.warm;

import io.freshet.contracts.event.WarmProgress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The progress of a job as server-sent events: each change, until it has ended. Whoever reads too
 * slowly is ended before that, and may ask again; comments keep quiet streams alive.
 */
final class JobEvents {

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final int QUEUE = 1_000;

    private final JobBoard board;

    JobEvents(JobBoard board) {
        this.board = board;
    }

    /** Of a job that the board knows. */
    Flux<ServerSentEvent<String>> of(String id) {
        return Flux.defer(() -> follow(id));
    }

    private Flux<ServerSentEvent<String>> follow(String id) {
        Sinks.Many<WarmProgress> told =
                Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(QUEUE));
        Consumer<WarmProgress> watcher =
                progress -> {
                    if (progress.id().equals(id)) {
                        tell(told, progress);
                    }
                };
        board.watch(watcher);
        // After that it watches, so that no change falls in between; the same twice does no harm.
        board.find(id).ifPresent(progress -> tell(told, progress));
        return told.asFlux()
                .takeUntil(progress -> progress.state().isEnd())
                .publish(changes ->
                        changes.map(JobEvents::event)
                                .mergeWith(
                                        Flux.interval(QUIET)
                                                .map(_ -> comment())
                                                .takeUntilOther(changes.ignoreElements())))
                .doFinally(_ -> board.unwatch(watcher));
    }

    private static synchronized void tell(Sinks.Many<WarmProgress> told, WarmProgress progress) {
        if (told.tryEmitNext(progress).isFailure()) {
            var _ = told.tryEmitComplete();
        }
    }

    private static ServerSentEvent<String> event(WarmProgress progress) {
        String json = new String(JobDocument.of(progress).toBytes(), StandardCharsets.UTF_8);
        return ServerSentEvent.builder(json).event("progress").build();
    }

    private static ServerSentEvent<String> comment() {
        return ServerSentEvent.<String>builder().comment("heartbeat").build();
    }
}
