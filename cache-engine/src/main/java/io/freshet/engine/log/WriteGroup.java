package io.freshet.engine.log;

import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of the group of nodes that apply writes; each partition belongs to one of them.
 *
 * <p>What was done is committed after it was done, so a node that is killed leaves its writes to
 * whoever gets the partition next, and some are handled twice. While writes are being handled it
 * goes on polling, for nothing, and so stays in the group however long they take. When the group
 * changes hands it tells its handlers to stop and commits what is finished.
 */
public final class WriteGroup implements AutoCloseable {

    /** Does one write. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Does it; those of one key are handed over one after another.
         *
         * @param log names the partition that it stands in, and another after the topic was made
         *     anew
         * @param goOn whether trying again has a point; somebody else has the write if not
         * @return done when it needs no further handling; a failure ends the batch, and what is not
         *     done is handed over anew
         */
        CompletionStage<Void> handle(PlacedWrite write, String log, BooleanSupplier goOn);
    }

    private static final Logger log = LoggerFactory.getLogger(WriteGroup.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration GLANCE = Duration.ofMillis(5);

    private final KafkaOptions options;
    private final TopicSpec<SourceWrite> topic;
    private final ConsumerLoop loop;

    public WriteGroup(KafkaOptions options, Handler handler) {
        this.options = options;
        this.topic = options.topics().writes();
        this.loop =
                new ConsumerLoop(
                        "freshet-writers",
                        () -> new KafkaConsumer<>(options.member(options.writersGroup())),
                        new Batches(new WriteReader(topic), handler));
    }

    public void start() {
        loop.start();
    }

    /** Leaves the group; what is being handled is left to others. */
    @Override
    public void close() {
        loop.close();
    }

    private String topicId() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(options.admin())) {
            var described = admin.describeTopics(List.of(topic.name())).allTopicNames().get();
            return Objects.requireNonNull(described.get(topic.name())).topicId().toString();
        }
    }

    /** One batch after the other. */
    private final class Batches implements ConsumerLoop.Polling {

        private final WriteReader reader;
        private final Handler handler;
        private String topicId = "";
        private @Nullable WriteBatch batch;

        Batches(WriteReader reader, Handler handler) {
            this.reader = reader;
            this.handler = handler;
        }

        @Override
        public void begin(Consumer<String, byte[]> consumer)
                throws InterruptedException, ExecutionException {
            topicId = topicId();
            consumer.subscribe(List.of(topic.name()), new Handover(consumer));
        }

        @Override
        public void turn(Consumer<String, byte[]> consumer) {
            WriteBatch running = batch;
            if (running == null) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    batch = batchOf(records);
                    consumer.pause(consumer.assignment());
                }
            } else if (!running.isDone()) {
                consumer.poll(GLANCE);
            } else {
                batch = null;
                commit(consumer, running.finished());
                if (running.isBroken()) {
                    throw new KafkaException("a write was not done");
                }
                consumer.resume(consumer.assignment());
            }
        }

        @Override
        public void end() {
            letGo();
        }

        private WriteBatch batchOf(ConsumerRecords<String, byte[]> records) {
            String id = topicId;
            return new WriteBatch(
                    records,
                    reader,
                    (write, goOn) -> handler.handle(write, id + "/" + write.partition(), goOn));
        }

        private void commit(
                Consumer<String, byte[]> consumer,
                Map<TopicPartition, OffsetAndMetadata> finished) {
            if (!finished.isEmpty()) {
                consumer.commitSync(finished);
            }
        }

        private void letGo() {
            WriteBatch running = batch;
            if (running != null) {
                running.abandon();
                batch = null;
            }
        }

        private final class Handover implements ConsumerRebalanceListener {

            private final Consumer<String, byte[]> consumer;

            Handover(Consumer<String, byte[]> consumer) {
                this.consumer = consumer;
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                WriteBatch running = batch;
                letGo();
                if (running == null) {
                    return;
                }
                try {
                    commit(consumer, running.finished());
                } catch (KafkaException e) {
                    log.atInfo()
                            .addKeyValue("reason", e.getMessage())
                            .log("Finished writes were not committed; they are handled again");
                }
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                letGo();
            }
        }
    }
}
