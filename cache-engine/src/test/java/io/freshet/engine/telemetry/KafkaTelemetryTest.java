package io.freshet.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.log.KafkaTelemetry;
import io.freshet.engine.log.TopicGate;
import io.freshet.infra.servers.SharedServers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class KafkaTelemetryTest {

    private static final Namespace CITIES = new Namespace("cities");

    @Test
    void shouldPublishWhatANodeSaw() throws Exception {
        // given
        var options =
                new KafkaOptions(
                        SharedServers.kafka().bootstrapServers(),
                        SharedServers.freshName("telemetry"),
                        2,
                        (short) 1);
        new TopicGate(options).pass();
        var recorder = new TrafficRecorder("node-1");
        var read = new ArrayList<Traffic>();

        // when
        try (var consumer = consumer(options);
                var telemetry = new KafkaTelemetry(options);
                var reporter = new TrafficReporter(recorder, telemetry, InstantSource.system())) {
            reporter.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        recorder.miss(CITIES, new EntryKey("paris"));
                        consumer.poll(Duration.ofMillis(300))
                                .forEach(record -> read.add(Codecs.TRAFFIC.decode(record.value())));
                        return !read.isEmpty();
                    });
        }

        // then
        assertThat(read.getFirst().namespace()).isEqualTo(CITIES);
        assertThat(read.getFirst().misses()).isPositive();
        assertThat(read.getFirst().hot().getFirst().key()).isEqualTo(new EntryKey("paris"));
    }

    @Test
    void shouldDropAndCountWhileKafkaIsAway() {
        // given
        var nowhere = new KafkaOptions("127.0.0.1:9", "nowhere", 2, (short) 1);
        var traffic =
                new Traffic(
                        "node-1", CITIES, Instant.EPOCH, Duration.ofSeconds(1), 1, 0, 0, List.of());

        try (var telemetry = new KafkaTelemetry(nowhere)) {

            // when
            telemetry.accept(traffic);

            // then
            await().until(() -> telemetry.dropped() == 1);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaOptions options) {
        var consumer =
                new KafkaConsumer<byte[], byte[]>(
                        Map.of(
                                "bootstrap.servers",
                                options.bootstrapServers(),
                                "key.deserializer",
                                ByteArrayDeserializer.class,
                                "value.deserializer",
                                ByteArrayDeserializer.class));
        var partitions =
                consumer.partitionsFor(options.topics().telemetry().name()).stream()
                        .map(p ->
                                new org.apache.kafka.common.TopicPartition(
                                        p.topic(), p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
