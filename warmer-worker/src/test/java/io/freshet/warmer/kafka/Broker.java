package io.freshet.warmer.kafka;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.TopicSetup;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.contracts.topic.Topics;
import io.freshet.infra.servers.SharedServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics of one test on a real broker, and what others write to them and read from them. */
final class Broker implements AutoCloseable {

    private final Topics topics =
            new Topics(SharedServers.freshName("warmer"), new Partitioning(2, 2), (short) 1);
    private final Admin admin;
    private final Producer<String, byte[]> producer;
    private final Consumer<String, byte[]> progress;
    private final List<WarmProgress> told = new ArrayList<>();

    Broker() throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", SharedServers.kafka().bootstrapServers());
        admin = Admin.create(settings);
        new TopicSetup(admin)
                .ensure(List.of(topics.telemetry(), topics.warmJobs(), topics.warmProgress()));
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        progress =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer());
        var partition = new TopicPartition(topics.warmProgress().name(), 0);
        progress.assign(List.of(partition));
        progress.seekToBeginning(List.of(partition));
    }

    Topics topics() {
        return topics;
    }

    WarmerClients clients() {
        return new WarmerClients(SharedServers.kafka().bootstrapServers(), topics.prefix());
    }

    void send(WarmJob job) throws Exception {
        send(topics.warmJobs(), job.id(), topics.warmJobs().codec().encode(job));
    }

    void send(Traffic traffic) throws Exception {
        send(topics.telemetry(), traffic.node(), topics.telemetry().codec().encode(traffic));
    }

    void send(TopicSpec<?> topic, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic.name(), 0, key, value)).get();
    }

    /** Everything that was told of jobs until now. */
    List<WarmProgress> told() {
        progress.poll(Duration.ofMillis(100))
                .forEach(record -> told.add(topics.warmProgress().codec().decode(record.value())));
        return told;
    }

    /** The offset of partition 0 that the group continues from; 0 when it committed none. */
    long committed(String group) throws Exception {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().partition() == 0)
                .collect(Collectors.summingLong(entry -> entry.getValue().offset()));
    }

    @Override
    public void close() {
        producer.close();
        progress.close();
        admin.close();
    }
}
