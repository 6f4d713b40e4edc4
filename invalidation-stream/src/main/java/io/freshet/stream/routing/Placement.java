package io.freshet.stream.routing;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.topic.Partitioning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * The same for the log, where what an event says of keys stands in their partition alone: one
     * that is about keys of several partitions becomes as many.
     */
    public List<LogRecord> parts(LogRecord record) {
        if (!(record.event() instanceof Event.Invalidation event)
                || !(event.target() instanceof Target.OfKeys(var namespace, var keys))) {
            return List.of(record);
        }
        Map<Integer, List<EntryKey>> byPartition =
                keys.stream()
                        .collect(
                                Collectors.groupingBy(
                                        key -> partitioning.partitionOf(namespace, key),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        if (byPartition.size() == 1) {
            return List.of(record);
        }
        return byPartition.values().stream()
                .map(some -> event.about(new Target.OfKeys(namespace, some)))
                .map(part -> new LogRecord(part, record.via()))
                .toList();
    }

    public Set<Integer> partitionsOf(Event event) {
        return switch (event) {
            case Event.Invalidation invalidation ->
                    switch (invalidation.target()) {
                        case Target.OfKey(var namespace, var key) ->
                                Set.of(partitioning.partitionOf(namespace, key));
                        case Target.OfKeys(var namespace, var keys) ->
                                partitionsOf(namespace, keys);
                        case Target.OfTag _, Target.OfPattern _, Target.OfNamespace _ -> every;
                    };
            case Event.Replaced(var namespace, var keys, _, _) -> partitionsOf(namespace, keys);
            case Event.Heartbeat _ -> every;
        };
    }

    private Set<Integer> partitionsOf(Namespace namespace, List<EntryKey> keys) {
        return keys.stream()
                .map(key -> partitioning.partitionOf(namespace, key))
                .collect(Collectors.toUnmodifiableSet());
    }
}
