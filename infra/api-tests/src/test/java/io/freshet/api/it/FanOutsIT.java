package io.freshet.api.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutOrder.Action;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.FanOutProgress.State;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** X4: the removal behind a purge can be watched, paused and cancelled. */
@ExtendWith(SharedService.class)
class FanOutsIT {

    private static final String FAN_OUTS = "/api/v1/cache/fan-outs";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private final RunningService service;

    FanOutsIT(RunningService service) {
        this.service = service;
    }

    private FanOutProgress progress(InboxPosition id, State state, long keys) {
        Target scope = new Target.OfTag(new Namespace(service.sessions), new Tag("user:42"));
        return new FanOutProgress(id, Stamp.of(1, 7), scope, Mode.HARD, state, keys, AT, AT);
    }

    /** What invalidation-stream says. */
    private void tell(int partition, FanOutProgress progress) throws Exception {
        TopicSpec<FanOutProgress> topic = service.kafka.topics().fanOuts();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", service.kafka.bootstrapServers());
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = topic.codec().encode(progress);
            byte[] key = progress.recordKey().getBytes(UTF_8);
            producer.send(new ProducerRecord<>(topic.name(), partition, key, value)).get();
        }
    }

    private HttpAnswer awaitKeys(InboxPosition id, long keys) {
        return await().atMost(PATIENCE)
                .until(
                        () -> service.api.get(FAN_OUTS + "/" + id),
                        answer -> answer.json().path("keys").asLong(-1) == keys);
    }

    /** What invalidation-stream is told of the fan-out, in every partition. */
    private List<FanOutOrder> orders(InboxPosition id) {
        TopicSpec<FanOutOrder> topic = service.kafka.topics().fanOutOrders();
        List<TopicPartition> partitions =
                IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                        .toList();
        var orders = new ArrayList<FanOutOrder>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", service.kafka.bootstrapServers());
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < requireNonNull(ends.get(p)))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> orders.add(topic.codec().decode(record.value())));
            }
        }
        return orders.stream().filter(order -> order.id().equals(id)).toList();
    }

    @Test
    void shouldAddUpWhatThePartitionsTell() throws Exception {
        // given
        var id = new InboxPosition(3, 1_000_001);
        tell(0, progress(id, State.RUNNING, 10));
        tell(0, progress(id, State.DONE, 30));
        tell(2, progress(id, State.RUNNING, 12));

        // when
        HttpAnswer answer = awaitKeys(id, 42);

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("state").asString()).isEqualTo("running");
        assertThat(answer.json().at("/scopes/0/tag").asString()).isEqualTo("user:42");
        assertThat(answer.json().at("/partitions/0/state").asString()).isEqualTo("done");
        assertThat(answer.json().at("/partitions/1/position").asString()).isEqualTo("1:7");
        assertThat(service.api.get(FAN_OUTS).json().path("fan_outs").valueStream())
                .contains(answer.json());
    }

    @Test
    void shouldHandOrdersToEveryPartition() throws Exception {
        // given
        var id = new InboxPosition(3, 1_000_002);
        tell(1, progress(id, State.RUNNING, 1));
        awaitKeys(id, 1);
        String path = FAN_OUTS + "/" + id;

        // when
        List<HttpAnswer> answers =
                List.of(
                        service.api.post(path + "/pause", ""),
                        service.api.post(path + "/resume", ""),
                        service.api.delete(path));

        // then
        assertThat(answers).extracting(HttpAnswer::status).containsOnly(202);
        List<FanOutOrder> orders = orders(id);
        assertThat(orders)
                .hasSize(3 * service.kafka.topics().fanOutOrders().partitions())
                .extracting(FanOutOrder::by)
                .containsOnly("api-token");
        assertThat(orders.subList(0, 3))
                .extracting(FanOutOrder::action)
                .containsExactly(Action.PAUSE, Action.RESUME, Action.CANCEL);
    }
}
