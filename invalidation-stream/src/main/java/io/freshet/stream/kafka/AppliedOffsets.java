package io.freshet.stream.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits how far partitions are applied. The group's offsets are a hint for a store without
 * markers, and may be behind: a commit that fails is no harm.
 */
final class AppliedOffsets {

    private static final Logger log = LoggerFactory.getLogger(AppliedOffsets.class);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;

    AppliedOffsets(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    void commitAsync(Collection<AssignedPartition> partitions) {
        var offsets = uncommitted(partitions);
        if (!offsets.isEmpty()) {
            consumer.commitAsync(
                    offsets,
                    (_, failure) -> {
                        if (failure != null) {
                            log.atDebug().setCause(failure).log("offsets not committed");
                        }
                    });
        }
    }

    void commitSync(Collection<AssignedPartition> partitions) {
        var offsets = uncommitted(partitions);
        try {
            if (!offsets.isEmpty()) {
                consumer.commitSync(offsets, CALL_TIMEOUT);
            }
        } catch (KafkaException e) {
            log.atDebug().setCause(e).log("offsets not committed");
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> uncommitted(
            Collection<AssignedPartition> partitions) {
        List<AssignedPartition> moved =
                partitions.stream().filter(AssignedPartition::isUncommitted).toList();
        moved.forEach(AssignedPartition::committed);
        return moved.stream()
                .collect(
                        Collectors.toMap(
                                AssignedPartition::name,
                                each -> new OffsetAndMetadata(each.applier().position())));
    }
}
