package io.freshet.cdc.publish;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.producer.Signer;
import io.freshet.contracts.topic.KeyHash;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.contracts.topic.Topics;
import io.freshet.contracts.trace.Span;
import io.freshet.contracts.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The inbox as its producer sees it: an invalidation goes to the partition of its key, or of its
 * scope; a heartbeat to every partition, and so does a barrier: it stands behind whatever was sent
 * before it, rows of a database that has since been rewound among it.
 *
 * <p>Each partition keeps the order of the calls: idempotent, and one request at a time.
 * Idempotence alone does not keep it: to a producer that it has not met a partition lends any first
 * number, so that a second request can be taken while the first is refused for a change of leaders.
 * And the producer never gives a record up: the next one in its partition, a heartbeat for one,
 * would then stand where it should not. Who waits too long ends the producer instead.
 *
 * <p>One thread at a time.
 */
public final class Inbox implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_UNDER_WAY = 20_000;
    private static final int BATCH_BYTES = 128 * 1024;

    private final TopicSpec<Event> topic;
    private final TopicSpec<byte[]> deadLetters;
    private final Partitioning partitioning;
    private final Signer signer;
    private final Producer<byte[], byte[]> producer;
    private final Acknowledgements acknowledgements =
            new Acknowledgements(MOST_UNDER_WAY, PATIENCE);

    /**
     * @param signer of the events
     */
    public Inbox(String bootstrapServers, Topics topics, Signer signer) {
        this.signer = signer;
        this.topic = topics.invalidations();
        this.deadLetters = topics.deadLetters();
        this.partitioning = topics.partitioning();
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.CLIENT_ID_CONFIG,
                                "freshet-cdc",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                true,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                                1,
                                ProducerConfig.LINGER_MS_CONFIG,
                                0,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                BATCH_BYTES,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                15_000,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                10_000,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                Integer.MAX_VALUE),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /**
     * Sends an event and waits for nothing, unless very much is under way.
     *
     * @throws KafkaException when it, or something sent before, was not taken
     */
    public void send(Event event) throws InterruptedException {
        send(event, Span.none());
    }

    /** Likewise; the span ends when Kafka has it, or does not take it. */
    public void send(Event event, Span span) throws InterruptedException {
        byte[] value = topic.codec().encode(event);
        switch (event) {
            case Event.Invalidation(_, Target target, _, _, Cause cause, _, _, _) -> {
                if (cause.kind() == Cause.Kind.BARRIER) {
                    sendEverywhere(recordKey(target), value);
                } else {
                    send(partitionOf(target), recordKey(target), value, span);
                }
            }
            case Event.Replaced _ ->
                    throw new IllegalArgumentException("change capture replaces no entry");
            case Event.Heartbeat(String source, _, _) -> sendEverywhere(source, value);
        }
    }

    /**
     * Sets aside what is no event.
     *
     * @throws KafkaException as for events
     */
    public void setAside(DeadLetter letter) throws InterruptedException {
        acknowledgements.await(producer.send(letter.to(deadLetters.name())));
    }

    /** What joins invalidations that may share a record. */
    public JoinedKeys joinedKeys() {
        return new JoinedKeys(partitioning);
    }

    /** How many records were sent. */
    public long sent() {
        return acknowledgements.sent();
    }

    /**
     * How many of them all in-sync replicas have acknowledged, the first ones and without a gap.
     *
     * @throws KafkaException when one was refused, or was not acknowledged in time; then nobody
     *     knows what arrived
     */
    public long acknowledged() throws InterruptedException {
        return acknowledgements.arrived();
    }

    /**
     * Blocks until everything sent is acknowledged.
     *
     * @throws KafkaException as for {@link #acknowledged}
     */
    public void awaitAcknowledged() throws InterruptedException {
        acknowledgements.awaitAll();
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private void sendEverywhere(String key, byte[] value) throws InterruptedException {
        for (int p = 0; p < partitioning.logPartitions(); p++) {
            send(p, key, value, Span.none());
        }
    }

    private void send(int partition, String key, byte[] value, Span span)
            throws InterruptedException {
        var record =
                new ProducerRecord<>(
                        topic.name(), partition, key.getBytes(StandardCharsets.UTF_8), value);
        signer.sign(record);
        TraceContext trace = span.context();
        if (trace == null) {
            acknowledgements.await(producer.send(record));
            return;
        }
        trace.addTo(record.headers());
        span.with("freshet.partition", partition);
        acknowledgements.await(
                producer.send(record, (placed, failure) -> endOf(span, placed, failure)));
    }

    private static void endOf(Span span, RecordMetadata placed, @Nullable Exception failure) {
        if (failure == null) {
            span.with("freshet.offset", placed.offset()).end();
        } else {
            span.failed(failure.getClass().getSimpleName()).end();
        }
    }

    private int partitionOf(Target target) {
        return switch (target) {
            case Target.OfKey(var namespace, var key) -> partitioning.partitionOf(namespace, key);
            case Target.OfKeys(var namespace, var keys) ->
                    partitioning.partitionOf(namespace, keys.getFirst());
            case Target.OfTag(var namespace, var tag) -> partitionOf(KeyHash.of(namespace, tag));
            case Target.OfPattern(var namespace, var pattern) ->
                    partitionOf(KeyHash.of(namespace, new EntryKey(pattern.value())));
            case Target.OfNamespace(var namespace) ->
                    partitionOf(KeyHash.of(namespace, new Tag("*")));
        };
    }

    private int partitionOf(long hash) {
        return (int) hash & partitioning.logPartitions() - 1;
    }

    private static String recordKey(Target target) {
        return switch (target) {
            case Target.OfKey(var namespace, var key) -> namespace + "/" + key;
            case Target.OfKeys(var namespace, var keys) -> namespace + "/" + keys.getFirst();
            case Target.OfTag _, Target.OfPattern _, Target.OfNamespace _ ->
                    target.namespace().value();
        };
    }
}
