package io.freshet.stream.kafka;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.producer.Signer;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.stream.applier.NamespaceNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invalidates every namespace of the catalog, hard, once for each topic that is found with another
 * number of partitions: whoever wrote by the new number may have put what is about a key where
 * nobody looks for it.
 *
 * <p>While Kafka or the catalog is away it is tried again each time that the topic is looked at.
 */
public final class LayoutBarrier implements PartitionWatch.Observer, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LayoutBarrier.class);

    private final TopicSpec<Event> inbox;
    private final Signer signer;
    private final NamespaceNames catalog;
    private final InstantSource clock;
    private final PartitionWatch.Observer next;
    private final Producer<byte[], byte[]> producer;
    private final Set<String> raised = new HashSet<>();

    /**
     * @param next is told as well, of every look
     */
    public LayoutBarrier(
            String bootstrapServers,
            TopicSpec<Event> inbox,
            Signer signer,
            NamespaceNames catalog,
            InstantSource clock,
            PartitionWatch.Observer next) {
        this.inbox = inbox;
        this.signer = signer;
        this.catalog = catalog;
        this.clock = clock;
        this.next = next;
        var bytes = new ByteArraySerializer();
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.CLIENT_ID_CONFIG,
                                "freshet-layout-barrier"),
                        bytes,
                        bytes);
    }

    @Override
    public void partitionsChanged(String topic, int configured, int found) {
        next.partitionsChanged(topic, configured, found);
        if (!raised.contains(topic)) {
            catalog.names().ifPresent(names -> raise(topic, configured, found, names));
        }
    }

    private void raise(String topic, int configured, int found, Set<Namespace> names) {
        var cause =
                Cause.of(
                        Cause.Kind.BARRIER,
                        null,
                        "%s got %d partitions, %d are configured"
                                .formatted(topic, found, configured));
        try {
            for (Namespace namespace : names) {
                send(namespace, cause);
            }
            raised.add(topic);
            log.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("namespaces", names.size())
                    .log("raised a barrier, for the layout of a topic has changed");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | KafkaException e) {
            log.atWarn().setCause(e).log("a barrier could not be raised yet");
        }
    }

    private void send(Namespace namespace, Cause cause)
            throws ExecutionException, InterruptedException {
        var target = new Target.OfNamespace(namespace);
        var event = new Event.Invalidation(null, target, Mode.HARD, null, cause, clock.instant());
        var record =
                new ProducerRecord<byte[], byte[]>(
                        inbox.name(), 0, null, inbox.codec().encode(event));
        signer.sign(record);
        producer.send(record).get();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
