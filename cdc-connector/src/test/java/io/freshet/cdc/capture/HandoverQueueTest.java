package io.freshet.cdc.capture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandoverQueueTest {

    private static final Schema MARK =
            SchemaBuilder.struct().field("status", Schema.STRING_SCHEMA).build();

    private final HandoverQueue queue = new HandoverQueue();

    @BeforeEach
    void configure() {
        queue.configure(Map.of(HandoverQueue.LIMIT, "3"));
    }

    @Test
    void shouldHandOverALoneTransactionWholeAndWithoutItsBeginning() {
        // given
        enqueue(mark("BEGIN"), change(1), change(2));
        int before = queue.size();
        enqueue(mark("END"));

        // when
        List<SourceRecord> taken = take();

        // then
        assertThat(before).as("its end is on its way").isZero();
        assertThat(taken).containsExactly(change(1), change(2), mark("END"));
        assertThat(queue.size()).isZero();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void shouldHandOverALargeTransactionInPartsOfTheLimit() {
        // given
        enqueue(mark("BEGIN"), change(1), change(2), change(3), change(4), change(5));

        // when
        SourceRecord first = requireNonNull(queue.poll()).getRecord();

        // then
        assertThat(HandoverQueue.unpack(first)).containsExactly(change(1), change(2), change(3));
        assertThat(first.sourceOffset()).isEqualTo(change(3).sourceOffset());
        assertThat(queue.size()).isZero();
    }

    @Test
    void shouldEndWithATransactionWhereItCan() {
        // given
        enqueue(change(1), mark("END"), change(2), change(3), mark("END"));

        // when
        List<SourceRecord> first = take();
        List<SourceRecord> second = take();

        // then
        assertThat(first).containsExactly(change(1), mark("END"));
        assertThat(second).containsExactly(change(2), change(3), mark("END"));
    }

    @Test
    void shouldHandOverSeveralSmallTransactionsTogether() {
        // given
        queue.configure(Map.of(HandoverQueue.LIMIT, "10"));
        enqueue(change(1), mark("END"), change(2), mark("END"), change(3));

        // when
        List<SourceRecord> taken = take();

        // then
        assertThat(taken).containsExactly(change(1), mark("END"), change(2), mark("END"));
    }

    @Test
    void shouldCountEveryChangeThatWaits() {
        // given
        enqueue(change(1), change(2), change(3), change(4), change(5));

        // when
        int size = queue.size();

        // then
        assertThat(size).isEqualTo(5);
    }

    @Test
    void shouldBeFoundByDebezium() {
        assertThat(ServiceLoader.load(QueueProvider.class))
                .anyMatch(provider -> provider.name().equals(HandoverQueue.NAME));
    }

    private void enqueue(SourceRecord... records) {
        for (SourceRecord record : records) {
            queue.enqueue(new DataChangeEvent(record));
        }
    }

    private List<SourceRecord> take() {
        return HandoverQueue.unpack(requireNonNull(queue.poll()).getRecord());
    }

    private static SourceRecord mark(String status) {
        return new SourceRecord(
                Map.of("server", "s"),
                Map.of("lsn", 0),
                "transactions",
                MARK,
                new Struct(MARK).put("status", status));
    }

    private static SourceRecord change(int lsn) {
        return new SourceRecord(
                Map.of("server", "s"), Map.of("lsn", lsn), "topic", null, "change " + lsn);
    }
}
