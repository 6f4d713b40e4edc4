package io.freshet.stream.kafka;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of one group, as the brokers tell them. Failures are {@link KafkaException}s, which
 * end a stream's thread: it begins anew, and nothing is skipped.
 */
public final class AdminOffsets implements InputOffsets, AutoCloseable {

    private static final int SECONDS = 15;

    private final Admin admin;
    private final String group;

    public AdminOffsets(String bootstrapServers, String group) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.group = group;
    }

    @Override
    public OptionalLong committed(TopicPartition partition) {
        var one = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
        var offsets =
                await(
                        admin.listConsumerGroupOffsets(Map.of(group, one))
                                .partitionsToOffsetAndMetadata(group));
        var committed = offsets.get(partition);
        return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
    }

    @Override
    public long begin(TopicPartition partition) {
        var begins = admin.listOffsets(Map.of(partition, OffsetSpec.earliest()));
        return requireNonNull(await(begins.partitionResult(partition))).offset();
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException("the offsets of the input cannot be read", e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the offsets of the input were not told in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the offsets of the input", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
