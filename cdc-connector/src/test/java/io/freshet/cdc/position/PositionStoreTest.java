package io.freshet.cdc.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cdc.database.ServerIdentity;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.TopicSetup;
import io.freshet.contracts.topic.Topics;
import io.freshet.infra.servers.SharedServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionStoreTest {

    private static final CapturePosition POSITION =
            new CapturePosition(
                    new ServerIdentity("7001", 3, "app"),
                    "slot",
                    new Lsn(0x1_0000_00FFL),
                    new TreeMap<>(Map.of(new Namespace("cities"), "print")),
                    Set.of(new Namespace("orders"), new Namespace("carts")),
                    "why");

    private final String kafka = SharedServers.kafka().bootstrapServers();
    private final Topics topics =
            new Topics(SharedServers.freshName("pos"), new Partitioning(1, 1), (short) 1);

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            new TopicSetup(admin).ensure(List.of(topics.captureOffsets()));
        }
    }

    @Test
    void shouldHaveNothingBeforeTheFirstSave() {
        try (var store = new PositionStore(kafka, topics.captureOffsets(), "primary")) {
            assertThat(store.load()).isNull();
        }
    }

    @Test
    void shouldGiveBackTheLastPositionOfItsSource() throws InterruptedException {
        try (var primary = new PositionStore(kafka, topics.captureOffsets(), "primary");
                var other = new PositionStore(kafka, topics.captureOffsets(), "other")) {
            primary.save(POSITION.at(new Lsn(5)));
            primary.save(POSITION);
            other.save(POSITION.trusted());

            assertThat(primary.load()).isEqualTo(POSITION);
            assertThat(other.load()).isEqualTo(POSITION.trusted());
        }
    }

    @Test
    void shouldFindAPositionFarFromTheEnd() throws InterruptedException {
        try (var primary = new PositionStore(kafka, topics.captureOffsets(), "primary");
                var other = new PositionStore(kafka, topics.captureOffsets(), "other")) {
            primary.save(POSITION);
            for (int i = 0; i < 600; i++) {
                other.save(POSITION);
            }

            assertThat(primary.load()).isEqualTo(POSITION);
        }
    }

    @Test
    void shouldTakeWhatItCannotReadForNothing() {
        assertThat(PositionJson.decode("{}".getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(PositionJson.decode("no".getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(PositionJson.decode("{\"schema\":1}".getBytes(StandardCharsets.UTF_8))).isNull();
    }
}
