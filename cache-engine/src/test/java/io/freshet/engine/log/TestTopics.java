package io.freshet.engine.log;

import static org.awaitility.Awaitility.await;

import io.freshet.contracts.codec.Codec;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.TopicSetup;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.infra.servers.KafkaServer;
import io.freshet.infra.servers.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The topics of an installation of the test's own, and a way to write into them. */
final class TestTopics implements AutoCloseable {

    private static final int EPOCH = new KafkaOptions("", "any", 1, (short) 1).epoch();

    private final KafkaOptions options;
    private final KafkaProducer<String, byte[]> producer;

    private TestTopics(KafkaOptions options) {
        this.options = options;
        var properties = options.ackedProducer(Duration.ofSeconds(30));
        properties.put("max.block.ms", 30_000);
        this.producer = new KafkaProducer<>(properties);
    }

    static TestTopics create(String stem, int partitions) throws Exception {
        return create(SharedServers.kafka(), stem, partitions);
    }

    static TestTopics create(KafkaServer kafka, String stem, int partitions) throws Exception {
        var options =
                new KafkaOptions(
                        kafka.bootstrapServers(),
                        SharedServers.freshName(stem),
                        partitions,
                        (short) 1);
        new TopicGate(options).pass();
        return new TestTopics(options);
    }

    /** A position in the log of these topics. */
    static Stamp stamp(long position) {
        return Stamp.of(EPOCH, position);
    }

    KafkaOptions options() {
        return options;
    }

    <T> long write(TopicSpec<T> topic, int partition, String key, T value) {
        Codec<T> codec = topic.codec();
        return writeBytes(topic, partition, key, codec.encode(value));
    }

    /** Returns the record's offset, once it is acknowledged. */
    long writeBytes(TopicSpec<?> topic, int partition, String key, byte[] value) {
        try {
            var record = new ProducerRecord<>(topic.name(), partition, key, value);
            return producer.send(record).get(30, TimeUnit.SECONDS).offset();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Removes what stands before the offset, as retention does. */
    void expire(TopicSpec<?> topic, int partition, long before) throws Exception {
        try (Admin admin = Admin.create(options.admin())) {
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition(topic.name(), partition),
                                    RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }

    /** Deletes a topic and makes it anew, empty. */
    void recreate(TopicSpec<?> topic) throws Exception {
        try (Admin admin = Admin.create(options.admin())) {
            admin.deleteTopics(List.of(topic.name())).all().get();
            await().ignoreExceptions()
                    .untilAsserted(() -> new TopicSetup(admin).ensure(List.of(topic)));
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
