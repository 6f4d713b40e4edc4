package io.freshet.stream.routing;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.topic.Partitioning;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says which partitions of the log an event enters: that of its key, or every one when it is about
 * many keys or none.
 */
public final class Placement {

    private final Partitioning partitioning;
    private final Set<Integer> every;

    public Placement(Partitioning partitioning) {
        this.partitioning = partitioning;
        this.every =
                IntStream.range(0, partitioning.logPartitions())
                        .boxed()
                        .collect(Collectors.toUnmodifiableSet());
    }

    public Set<Integer> partitionsOf(Event event) {
        return switch (event) {
            case Event.Invalidation invalidation ->
                    switch (invalidation.target()) {
                        case Target.OfKey(var namespace, var key) ->
                                Set.of(partitioning.partitionOf(namespace, key));
                        case Target.OfTag _, Target.OfPattern _, Target.OfNamespace _ -> every;
                    };
            case Event.Replaced(var namespace, var keys, _, _) ->
                    keys.stream()
                            .map(key -> partitioning.partitionOf(namespace, key))
                            .collect(Collectors.toUnmodifiableSet());
            case Event.Heartbeat _ -> every;
        };
    }
}
