package io.freshet.engine.log;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.position.Stamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a tail: the scopes are read to the listener, then each partition of the log begins.
 *
 * <p>The log's end is asked for after the scopes were read, so that a scope position that
 * compaction took away while they were being read lies before {@code readyAt}.
 */
final class LogStart {

    private static final Logger log = LoggerFactory.getLogger(LogStart.class);

    private final KafkaOptions options;
    private final LogListener listener;

    LogStart(KafkaOptions options, LogListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /** Begins the partitions and says where each is to be consumed from. */
    Map<Integer, StartPoint> begin(Consumer<String, byte[]> consumer, List<Integer> partitions) {
        var restore = new ScopeRestore(consumer, options.topics().scopes(), listener);
        restore.read(partitions);
        List<TopicPartition> logs =
                partitions.stream()
                        .map(p -> new TopicPartition(options.topics().log().name(), p))
                        .toList();
        consumer.assign(logs);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(logs);
        Map<TopicPartition, Long> ends = consumer.endOffsets(logs);
        Map<Integer, StartPoint> starts = new HashMap<>();
        for (TopicPartition tp : logs) {
            int partition = tp.partition();
            Stamp expander = restore.progressOf(partition);
            var start =
                    StartPoint.of(
                            options.epoch(),
                            expander,
                            requireNonNull(begins.get(tp)),
                            requireNonNull(ends.get(tp)));
            listener.begin(partition, stamp(start.offset()), stamp(start.readyAt()));
            if (!start.complete() || restore.isDamaged(partition)) {
                listener.gap(partition, stamp(start.offset()));
            }
            starts.put(partition, start);
            log.atInfo()
                    .addKeyValue("partition", partition)
                    .addKeyValue("expander", expander)
                    .addKeyValue("from", start.offset())
                    .addKeyValue("readyAt", start.readyAt())
                    .addKeyValue("complete", start.complete())
                    .log("Log partition begun");
        }
        return starts;
    }

    private Stamp stamp(long position) {
        return Stamp.of(options.epoch(), position);
    }
}
