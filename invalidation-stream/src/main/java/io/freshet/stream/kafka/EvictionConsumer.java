package io.freshet.stream.kafka;

import io.freshet.contracts.codec.KafkaCodec;
import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.stream.applier.NamespaceNames;
import io.freshet.stream.applier.PartitionApplier;
import io.freshet.stream.applier.StoreWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads {@code freshet.evictions} and applies it, from its start to its close.
 *
 * <p>Whatever fails in a way that {@link EvictionReading} does not expect (Kafka refuses, a record
 * cannot be read, retention has passed the position) is logged, and everything begins anew after a
 * pause: the store knows where to go on. A record that cannot be read therefore stops the applier,
 * which is seen, and is never skipped.
 */
public final class EvictionConsumer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EvictionConsumer.class);
    private static final Duration BEFORE_BEGINNING_ANEW = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final KafkaAccess kafka;
    private final TopicSpec<Eviction> topic;
    private final Settings settings;
    private final Parts parts;
    private final Thread thread;

    private volatile boolean closing;
    private volatile @Nullable EvictionReading reading;
    private volatile @Nullable String failure;

    /**
     * How the applier works.
     *
     * @param idleInterval how often the markers of idle buckets are moved on
     * @param catalogInterval how often the catalog is looked at
     * @param keysPerRound most keys that are applied before the next records are looked at
     * @param shortestBackOff after the store did not answer
     * @param longestBackOff after it has not answered for long
     * @param log the topic whose positions the evictions name
     * @param epoch high part of every stamp
     */
    public record Settings(
            Duration idleInterval,
            Duration catalogInterval,
            int keysPerRound,
            Duration shortestBackOff,
            Duration longestBackOff,
            String log,
            int epoch) {}

    /**
     * What it works with.
     *
     * @param appliers makes the applier of a partition
     */
    public record Parts(
            IntFunction<PartitionApplier> appliers,
            StoreWatch watch,
            NamespaceNames catalog,
            InstantSource clock,
            EvictionSpans spans) {}

    private EvictionConsumer(
            KafkaAccess kafka, TopicSpec<Eviction> topic, Settings settings, Parts parts) {
        this.kafka = kafka;
        this.topic = topic;
        this.settings = settings;
        this.parts = parts;
        this.thread = Thread.ofPlatform().name("applier").unstarted(this::run);
    }

    /** Starts; returns before partitions are assigned. */
    public static EvictionConsumer start(
            KafkaAccess kafka, TopicSpec<Eviction> topic, Settings settings, Parts parts) {
        var consumer = new EvictionConsumer(kafka, topic, settings, parts);
        consumer.thread.start();
        return consumer;
    }

    /** What the applier is doing. */
    public ApplierState state() {
        String broken = failure;
        EvictionReading current = reading;
        if (broken != null) {
            return new ApplierState.Failed(broken);
        }
        return current == null ? new ApplierState.Joining() : current.state();
    }

    /** Records read or to be read that are not applied yet. */
    public long lag() {
        EvictionReading current = reading;
        return current == null ? 0 : current.lag();
    }

    private void run() {
        while (!closing) {
            try (var consumer = newConsumer()) {
                var begun = new EvictionReading(consumer, topic.name(), settings, parts);
                reading = begun;
                failure = null;
                begun.run(() -> closing);
            } catch (RuntimeException e) {
                if (closing) {
                    return;
                }
                failure = String.valueOf(e.getMessage());
                log.atError().setCause(e).log("the applier failed and begins anew");
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(BEFORE_BEGINNING_ANEW);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private KafkaConsumer<String, Eviction> newConsumer() {
        Map<String, Object> properties = new HashMap<>(kafka.membership());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.applicationId() + "-applier");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(
                properties,
                new StringDeserializer(),
                new KafkaCodec<>(topic.codec()).deserializer());
    }

    /** Stops after the round under way and hands the partitions over. */
    @Override
    public void close() {
        closing = true;
        EvictionReading current = reading;
        if (current != null) {
            current.wakeUp();
        }
        try {
            if (!thread.join(CLOSE_TIMEOUT)) {
                log.atWarn().log("the applier did not stop in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
