package io.freshet.engine.log;

import io.freshet.contracts.event.SourceWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Writes that were polled together: those of one key one after another, others side by side. */
final class WriteBatch {

    private record Step(long offset, CompletableFuture<Void> done) {}

    private record Id(String namespace, String key) {

        static Id of(SourceWrite write) {
            return new Id(write.namespace().value(), write.key().value());
        }
    }

    private final Map<TopicPartition, List<Step>> steps = new HashMap<>();
    private volatile boolean abandoned;

    WriteBatch(
            Iterable<ConsumerRecord<String, byte[]>> records,
            WriteReader reader,
            BiFunction<PlacedWrite, BooleanSupplier, CompletionStage<Void>> handler) {
        var last = new HashMap<Id, CompletableFuture<Void>>();
        for (ConsumerRecord<String, byte[]> record : records) {
            CompletableFuture<Void> done = CompletableFuture.allOf();
            PlacedWrite write = reader.read(record);
            if (write != null) {
                Id id = Id.of(write.write());
                done =
                        last.getOrDefault(id, done)
                                .thenComposeAsync(
                                        _ -> handler.apply(write, () -> !abandoned),
                                        Thread::startVirtualThread);
                last.put(id, done);
            }
            steps.computeIfAbsent(
                            new TopicPartition(record.topic(), record.partition()),
                            _ -> new ArrayList<>())
                    .add(new Step(record.offset(), done));
        }
    }

    boolean isDone() {
        return steps.values().stream()
                .allMatch(of -> of.stream().allMatch(step -> step.done.isDone()));
    }

    /** Whether some write will not be done. */
    boolean isBroken() {
        return steps.values().stream()
                .anyMatch(of -> of.stream().anyMatch(step -> step.done.isCompletedExceptionally()));
    }

    /** What may be committed: all that was done without a gap. */
    Map<TopicPartition, OffsetAndMetadata> finished() {
        var finished = new HashMap<TopicPartition, OffsetAndMetadata>();
        steps.forEach((partition, of) -> {
            for (Step step : of) {
                if (!step.done.isDone() || step.done.isCompletedExceptionally()) {
                    return;
                }
                finished.put(partition, new OffsetAndMetadata(step.offset + 1));
            }
        });
        return finished;
    }

    /** Tells the handlers not to try again. */
    void abandon() {
        abandoned = true;
    }
}
