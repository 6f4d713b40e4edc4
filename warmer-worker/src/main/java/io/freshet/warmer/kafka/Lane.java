package io.freshet.warmer.kafka;

import io.freshet.contracts.event.WarmJob;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The jobs of one partition: carried out one after the other. Not thread-safe. */
final class Lane {

    private final TolerantReader<WarmJob> reader;
    private final Function<WarmJob, Future<?>> starter;
    private final Deque<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
    private @Nullable Running running;

    private record Running(long offset, Future<?> job) {}

    /**
     * @param starter starts a job and returns at once
     */
    Lane(TolerantReader<WarmJob> reader, Function<WarmJob, Future<?>> starter) {
        this.reader = reader;
        this.starter = starter;
    }

    void add(List<ConsumerRecord<String, byte[]>> records) {
        waiting.addAll(records);
    }

    /** Starts what may start. */
    OptionalLong advance() {
        OptionalLong finished = settle();
        while (running == null && !waiting.isEmpty()) {
            ConsumerRecord<String, byte[]> record = waiting.remove();
            Optional<WarmJob> job = reader.read(record);
            if (job.isPresent()) {
                running = new Running(record.offset(), starter.apply(job.get()));
            } else {
                finished = OptionalLong.of(record.offset() + 1);
            }
        }
        return finished;
    }

    /**
     * Notes whether the running job is finished.
     *
     * @return the offset to continue from, if it has moved
     */
    OptionalLong settle() {
        Running was = running;
        if (was == null || !was.job().isDone()) {
            return OptionalLong.empty();
        }
        running = null;
        return OptionalLong.of(was.offset() + 1);
    }

    boolean isIdle() {
        return running == null && waiting.isEmpty();
    }

    /** Interrupts the running job, and forgets it and all others. */
    void stop() {
        waiting.clear();
        if (running != null) {
            running.job().cancel(true);
            running = null;
        }
    }
}
