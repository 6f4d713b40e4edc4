package io.freshet.cdc.capture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandoverQueueTest {

    private final HandoverQueue queue = new HandoverQueue();

    @BeforeEach
    void configure() {
        queue.configure(Map.of(HandoverQueue.LIMIT, "3"));
    }

    @Test
    void shouldHandOverALoneChangeAsItIs() {
        // given
        SourceRecord change = change(1);
        queue.enqueue(new DataChangeEvent(change));

        // when
        SourceRecord taken = requireNonNull(queue.poll()).getRecord();

        // then
        assertThat(taken).isSameAs(change);
        assertThat(HandoverQueue.unpack(taken)).containsExactly(change);
        assertThat(queue.size()).isZero();
    }

    @Test
    void shouldHandOverWhatWaitsTogetherInOrderUpToTheLimit() {
        // given
        List<SourceRecord> changes =
                IntStream.rangeClosed(1, 5).mapToObj(HandoverQueueTest::change).toList();
        changes.forEach(change -> queue.enqueue(new DataChangeEvent(change)));

        // when
        SourceRecord first = requireNonNull(queue.poll()).getRecord();
        SourceRecord second = requireNonNull(queue.poll()).getRecord();

        // then
        assertThat(HandoverQueue.unpack(first)).isEqualTo(changes.subList(0, 3));
        assertThat(HandoverQueue.unpack(second)).isEqualTo(changes.subList(3, 5));
        assertThat(first.sourceOffset()).isEqualTo(changes.get(2).sourceOffset());
    }

    @Test
    void shouldCountEveryChangeThatWaits() {
        // given
        IntStream.rangeClosed(1, 5).forEach(lsn -> queue.enqueue(new DataChangeEvent(change(lsn))));

        // when
        int before = queue.size();
        queue.poll();

        // then
        assertThat(before).isEqualTo(5);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void shouldBeFoundByDebezium() {
        assertThat(ServiceLoader.load(QueueProvider.class))
                .anyMatch(provider -> provider.name().equals(HandoverQueue.NAME));
    }

    private static SourceRecord change(int lsn) {
        return new SourceRecord(
                Map.of("server", "s"), Map.of("lsn", lsn), "topic", null, "change " + lsn);
    }
}
