package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** B3: namespaces are rows like others, and nodes hear of their changes by change capture. */
class CatalogIT {

    private static final String LOG = "freshet.log";

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);
    private final String name = "made-" + UUID.randomUUID();

    @Test
    void shouldServeANamespaceThatSqlHasMade() throws Exception {
        // when
        sql("INSERT INTO freshet.cache_namespaces (name) VALUES ('" + name + "')");

        // then
        await().until(() -> client.put(name, "k", "{\"value\": 1}").status() == 201);
        sql("DELETE FROM freshet.cache_namespaces WHERE name = '" + name + "'");
        await().until(() -> client.get(name, "k").status() == 404);
    }

    @Test
    void shouldAnnounceAChangeInTheLog() throws Exception {
        try (var log = logFromNowOn()) {
            // when
            sql("INSERT INTO freshet.cache_namespaces (name) VALUES ('" + name + "')");

            // then
            await().untilAsserted(() ->
                    assertThat(recordsOf(log))
                            .anySatisfy(record ->
                                    assertThat(record).contains("freshet.namespaces", "catalog")));
        } finally {
            sql("DELETE FROM freshet.cache_namespaces WHERE name = '" + name + "'");
        }
    }

    private KafkaConsumer<String, String> logFromNowOn() {
        var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", system.kafka()),
                        new StringDeserializer(),
                        new StringDeserializer());
        List<TopicPartition> partitions =
                IntStream.range(0, consumer.partitionsFor(LOG).size())
                        .mapToObj(partition -> new TopicPartition(LOG, partition))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    private static List<String> recordsOf(KafkaConsumer<String, String> log) {
        return StreamSupport.stream(log.poll(Duration.ofMillis(200)).spliterator(), false)
                .map(record -> String.valueOf(record.value()))
                .toList();
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = system.database();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
