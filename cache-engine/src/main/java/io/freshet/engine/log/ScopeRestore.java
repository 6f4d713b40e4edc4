package io.freshet.engine.log;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reading of {@code freshet.scopes} from begin to end, handed on record by record. */
final class ScopeRestore {

    private static final Logger log = LoggerFactory.getLogger(ScopeRestore.class);

    private final Consumer<String, byte[]> consumer;
    private final TopicSpec<ScopeRecord> scopes;
    private final LogListener listener;
    private final Map<Integer, Stamp> progress = new HashMap<>();
    private final Set<Integer> damaged = new HashSet<>();

    ScopeRestore(
            Consumer<String, byte[]> consumer,
            TopicSpec<ScopeRecord> scopes,
            LogListener listener) {
        this.consumer = consumer;
        this.scopes = scopes;
        this.listener = listener;
    }

    /** Reads the given partitions to the end that they have now. */
    void read(List<Integer> partitions) {
        List<TopicPartition> assigned =
                partitions.stream().map(p -> new TopicPartition(scopes.name(), p)).toList();
        consumer.assign(assigned);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(assigned);
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        begins.forEach(consumer::seek);
        while (!ends.entrySet().stream().allMatch(e -> isAt(e.getKey(), e.getValue()))) {
            consumer.poll(Duration.ofMillis(500)).forEach(this::accept);
        }
    }

    /** The expander's progress in a log partition, or null when it has left none. */
    @Nullable Stamp progressOf(int partition) {
        return progress.get(partition);
    }

    /** Whether a record of the partition could not be read, so that a scope may be unknown. */
    boolean isDamaged(int partition) {
        return damaged.contains(partition);
    }

    private boolean isAt(TopicPartition partition, long end) {
        return consumer.position(partition) >= end;
    }

    private void accept(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        ScopeRecord scope;
        try {
            scope = requireNonNull(scopes.codec().decode(record.value()));
        } catch (MalformedRecordException e) {
            damaged.add(record.partition());
            log.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.reason())
                    .log("A scope record cannot be read: older entries are not trusted");
            return;
        }
        if (scope instanceof ScopeRecord.Progress(var through)) {
            progress.merge(record.partition(), through, Stamp::max);
        }
        listener.restore(record.partition(), scope);
    }
}
