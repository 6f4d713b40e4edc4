package io.freshet.stream.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the commits of each partition number, over the topics of a stream.
 *
 * <p>Kafka Streams flushes its producer before it commits and commits on the thread that processes,
 * so whatever a task had sent when it read a count is lasting once the count has risen. Streams
 * itself does not tell a processor of its commits; the consumer's interceptor is told.
 */
public final class CommitWatch {

    /**
     * Configuration, with the prefix of the main consumer, that hands the watch to its consumer.
     */
    static final String CONFIG = "freshet.commit.watch";

    private final Map<Integer, Long> counts = new ConcurrentHashMap<>();

    long countOf(int partition) {
        return counts.getOrDefault(partition, 0L);
    }

    private void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.keySet().stream()
                .map(TopicPartition::partition)
                .distinct()
                .forEach(partition -> counts.merge(partition, 1L, Long::sum));
    }

    /** Reports to the watch that the configuration names. Made by Kafka. */
    public static final class Interceptor implements ConsumerInterceptor<byte[], byte[]> {

        private CommitWatch watch = new CommitWatch();

        @Override
        public void configure(Map<String, ?> configs) {
            if (configs.get(CONFIG) instanceof CommitWatch configured) {
                watch = configured;
            }
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            watch.committed(offsets);
        }

        @Override
        public void close() {}
    }
}
