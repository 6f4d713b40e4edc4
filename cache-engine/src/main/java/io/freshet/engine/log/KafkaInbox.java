package io.freshet.engine.log;

import io.freshet.contracts.codec.KeyBytes;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.producer.Signer;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.contracts.trace.CurrentTrace;
import io.freshet.contracts.trace.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.Headers;

/**
 * The inbox in Kafka.
 *
 * <p>Events of a key go to the inbox partition with the number of the key's log partition, those of
 * a scope to one chosen by its name; so what is said about one target keeps its order. Entries that
 * are replaced at one time share a record. Gives up after 10 seconds.
 */
public final class KafkaInbox implements Inbox, AutoCloseable {

    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);

    private final Partitioning partitioning;
    private final TopicSpec<Event> topic;
    private final Signer signer;
    private final AckedProducer producer;
    private final GroupCommit<Event.Replaced> replacements;

    public KafkaInbox(KafkaOptions options) {
        partitioning = options.partitioning();
        topic = options.topics().invalidations();
        signer = options.signer();
        producer = new AckedProducer(options, "freshet-inbox", topic.name(), DELIVERY_TIMEOUT);
        replacements =
                new GroupCommit<>(
                        topic.partitions(),
                        this::send,
                        replaced -> KeyBytes.of(replaced.keys()),
                        KeyBytes.PER_RECORD,
                        DELIVERY_TIMEOUT);
    }

    /** Heartbeats are refused: they go to every partition, and only change capture makes them. */
    @Override
    public CompletionStage<InboxPosition> publish(Event event) {
        return switch (event) {
            case Event.Invalidation invalidation -> publish(invalidation.target(), event);
            case Event.Replaced(var namespace, var keys, _, _) ->
                    publish(new Target.OfKey(namespace, keys.getFirst()), event);
            case Event.Heartbeat _ ->
                    CompletableFuture.failedFuture(
                            new IllegalArgumentException("a node does not publish heartbeats"));
        };
    }

    @Override
    public CompletionStage<Void> announce(Event.Replaced replaced) {
        int partition = partitioning.partitionOf(replaced.namespace(), replaced.keys().getFirst());
        return replacements.add(partition, replaced);
    }

    private CompletionStage<?> send(int partition, List<Event.Replaced> events) {
        return CompletableFuture.allOf(
                Replacements.together(events).stream()
                        .map(event -> publish(event).toCompletableFuture())
                        .toArray(CompletableFuture[]::new));
    }

    private CompletionStage<InboxPosition> publish(Target about, Event event) {
        byte[] value = topic.codec().encode(event);
        return producer.send(partitionOf(about), recordKey(about), value, headersOf(value))
                .thenApply(placed -> new InboxPosition(placed.partition(), placed.offset()));
    }

    /** The signature, and the trace that the caller works for. */
    private Headers headersOf(byte[] value) {
        Headers headers = TraceContext.headersOf(CurrentTrace.get());
        signer.sign(value, headers);
        return headers;
    }

    private int partitionOf(Target target) {
        return switch (target) {
            case Target.OfKey(var namespace, var key) -> partitioning.partitionOf(namespace, key);
            case Target.OfKeys(var namespace, var keys) ->
                    partitioning.partitionOf(namespace, keys.getFirst());
            case Target.OfTag _, Target.OfPattern _, Target.OfNamespace _ ->
                    Math.floorMod(recordKey(target).hashCode(), topic.partitions());
        };
    }

    private static String recordKey(Target target) {
        return switch (target) {
            case Target.OfKey(Namespace namespace, EntryKey key) -> namespace + "/" + key;
            case Target.OfKeys(var namespace, var keys) -> namespace + "/" + keys.getFirst();
            case Target.OfTag(var namespace, var tag) -> namespace + "/#" + tag;
            case Target.OfPattern(var namespace, var pattern) -> namespace + "/~" + pattern;
            case Target.OfNamespace(var namespace) -> namespace.value();
        };
    }

    @Override
    public void close() {
        producer.close();
    }
}
