package io.freshet.warmer.verify;

import io.freshet.engine.namespace.Namespaces;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.source.Sources;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The truth as the sources of the namespaces have it. */
public record SourceTruth(Namespaces namespaces, Sources sources) implements Truth {

    @Override
    public Optional<Loaded> read(Spot spot) {
        return namespaces
                .find(spot.namespace())
                .flatMap(sources::of)
                .flatMap(source -> {
                    try {
                        return Optional.of(
                                source.ofPrimary().load(spot.key()).toCompletableFuture().join());
                    } catch (CompletionException _) {
                        return Optional.empty();
                    }
                });
    }
}
