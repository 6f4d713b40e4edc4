package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** J4: while tracing is off, as it is by default, no record says anything of a trace. */
class UntracedIT {

    private static final List<String> TOPICS =
            List.of("freshet.invalidations", "freshet.log", "freshet.evictions");

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);

    @Test
    void shouldSendNoTraceHeaders() throws Exception {
        try (var cities = new Cities(system);
                var consumer =
                        new KafkaConsumer<>(
                                Map.of("bootstrap.servers", system.kafka()),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer())) {
            City city = cities.take();
            List<TopicPartition> all =
                    TOPICS.stream()
                            .flatMap(topic -> consumer.partitionsFor(topic).stream())
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);

            client.get(
                    NAMESPACE,
                    city.key(),
                    "traceparent",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            client.delete("/" + NAMESPACE + "/" + city.key());
            cities.rename(city, "Untraced");

            List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
                return topicsOf(seen).equals(Set.copyOf(TOPICS));
            });
            assertThat(seen.stream().flatMap(UntracedIT::headersOf)).doesNotContain("traceparent");
        }
    }

    private static Set<String> topicsOf(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(ConsumerRecord::topic).collect(Collectors.toSet());
    }

    private static Stream<String> headersOf(ConsumerRecord<byte[], byte[]> record) {
        return Stream.of(record.headers().toArray()).map(header -> header.key());
    }
}
