package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class SharedServersTest {

    @Test
    void shouldServeKafka() throws Exception {
        String topic = SharedServers.freshName("topic");
        try (Admin admin =
                Admin.create(
                        Map.of("bootstrap.servers", SharedServers.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();

            await().untilAsserted(
                            () -> assertThat(admin.listTopics().names().get()).contains(topic));
        }
    }

    @Test
    void shouldGiveEachTestADatabase() throws SQLException {
        Database one = SharedServers.freshDatabase("shop");
        Database two = SharedServers.freshDatabase("shop");

        try (var connection = one.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id int)");
        }

        assertThat(one.name()).isNotEqualTo(two.name());
        try (var connection = two.connect();
                var tables = connection.getMetaData().getTables(null, "public", "t", null)) {
            assertThat(tables.next()).isFalse();
        }
    }

    @Test
    void shouldServeRedis() {
        try (RedisClient client = RedisClient.create(SharedServers.redis().uri());
                var connection = client.connect()) {
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
    }
}
