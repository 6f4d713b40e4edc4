package io.freshet.api.http;

import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/**
 * The engine's stages as publishers. A caller who goes away cancels nothing: others may wait for
 * the same load.
 */
public final class Outcome {

    private Outcome() {}

    public static <T> Mono<T> of(CompletionStage<T> stage) {
        return Mono.fromFuture(stage.toCompletableFuture(), true);
    }
}
