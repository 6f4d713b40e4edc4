package io.freshet.stream.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times how long stores take to be read back from Kafka; what a standby has read takes no time. */
final class RestoreWatch implements StateRestoreListener {

    private static final Logger log = LoggerFactory.getLogger(RestoreWatch.class);

    private final RunningStreams.Observer observer;
    private final InstantSource clock;
    private final Map<TopicPartition, Instant> begun = new ConcurrentHashMap<>();

    RestoreWatch(RunningStreams.Observer observer, InstantSource clock) {
        this.observer = observer;
        this.clock = clock;
    }

    @Override
    public void onRestoreStart(TopicPartition from, String store, long first, long end) {
        begun.put(from, clock.instant());
    }

    @Override
    public void onBatchRestored(TopicPartition from, String store, long offset, long rows) {}

    @Override
    public void onRestoreEnd(TopicPartition from, String store, long rows) {
        Instant start = begun.remove(from);
        if (start != null) {
            Duration took = Duration.between(start, clock.instant());
            observer.restored(rows, took);
            log.atInfo()
                    .addKeyValue("store", store)
                    .addKeyValue("partition", from.partition())
                    .addKeyValue("rows", rows)
                    .addKeyValue("took", took)
                    .log("store restored");
        }
    }

    @Override
    public void onRestoreSuspended(TopicPartition from, String store, long rows) {
        begun.remove(from);
    }
}
