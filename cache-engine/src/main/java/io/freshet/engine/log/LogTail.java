package io.freshet.engine.log;

import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads every partition of the invalidation log to a {@link LogListener}, from
 * where the expander's scope memory ends, for as long as the node lives.
 *
 * <p>Failure modes: while Kafka is away the tail waits for it, with back-off, and goes on where it
 * stopped. A record that cannot be read is counted and reported as {@link LogListener#unreadable};
 * records removed before they were read as {@link LogListener#gap}. A log that ends before what was
 * consumed from it (lost, or made anew) stops the tail: {@link #problem} tells, and the watermarks
 * of the node grow old.
 */
public final class LogTail implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LogTail.class);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration STEADY = Duration.ofSeconds(3);
    private static final long NOT_BEGUN = -1;

    private final KafkaOptions options;
    private final TopicSpec<LogRecord> topic;
    private final LogListener listener;
    private final LogReader reader;
    private final Pace pace;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    // Of the tail's thread.
    private final long[] next;
    private final long[] readyAt;
    private boolean topicsExist;
    private Duration backOff = FIRST_BACK_OFF;

    private volatile @Nullable Consumer<String, byte[]> consumer;
    private volatile boolean caughtUp;
    private volatile @Nullable String problem;

    /** One that is not traced. */
    public LogTail(KafkaOptions options, LogListener listener) {
        this(options, listener, EnforcementSpans.none(), Duration.ZERO);
    }

    /**
     * One whose records are traced, from when it has caught up: what it reads before that was in
     * force elsewhere long ago.
     *
     * @param pace how long records gather while many come
     */
    public LogTail(
            KafkaOptions options, LogListener listener, EnforcementSpans spans, Duration pace) {
        this.options = options;
        this.topic = options.topics().log();
        this.listener = listener;
        this.pace = new Pace(pace);
        this.reader = new LogReader(topic, listener, spans);
        this.next = new long[topic.partitions()];
        this.readyAt = new long[topic.partitions()];
        Arrays.fill(next, NOT_BEGUN);
        this.thread = Thread.ofPlatform().daemon().name("freshet-log-tail").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether every partition was consumed up to the end that the log had at the start. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** Why the log is not being consumed at the moment, for people; empty when it is. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** How many records could not be read. */
    public long unreadable() {
        return reader.unreadable();
    }

    /** Stops the thread and waits for it, for 5 seconds at most. */
    @Override
    public void close() {
        closing.countDown();
        var open = consumer;
        if (open != null) {
            open.wakeup();
        } else {
            thread.interrupt();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void run() {
        while (!isClosing()) {
            try {
                readOn();
            } catch (WakeupException | InterruptedException _) {
                // Only close() does that.
                return;
            } catch (ExecutionException | RuntimeException e) {
                if (!isClosing()) {
                    report(e);
                    waitAndBackOff();
                }
            }
        }
    }

    private void readOn() throws InterruptedException, ExecutionException {
        if (!topicsExist) {
            new TopicGate(options).pass();
            topicsExist = true;
        }
        try (var opened = new Closing(new KafkaConsumer<>(options.tail()))) {
            consumer = opened.consumer();
            if (isClosing()) {
                return;
            }
            begin(opened.consumer());
            consumeForever(opened.consumer());
        } finally {
            consumer = null;
        }
    }

    private void begin(Consumer<String, byte[]> from) {
        List<Integer> fresh =
                IntStream.range(0, next.length).filter(p -> next[p] == NOT_BEGUN).boxed().toList();
        if (!fresh.isEmpty()) {
            new LogStart(options, listener)
                    .begin(from, fresh)
                    .forEach((partition, start) -> {
                        next[partition] = start.offset();
                        readyAt[partition] = start.readyAt();
                    });
        }
    }

    private void consumeForever(Consumer<String, byte[]> from) {
        List<TopicPartition> all = new ArrayList<>();
        for (int p = 0; p < next.length; p++) {
            all.add(partition(p));
        }
        from.assign(all);
        all.forEach(tp -> from.seek(tp, next[tp.partition()]));
        long since = System.nanoTime();
        while (!isClosing()) {
            try {
                for (ConsumerRecord<String, byte[]> r : pace.poll(from, Duration.ofSeconds(1))) {
                    reader.tell(r, stamp(r.offset() + 1), caughtUp);
                    next[r.partition()] = r.offset() + 1;
                }
                noteCaughtUp(from, all);
                if (System.nanoTime() - since > STEADY.toNanos()) {
                    noteSteady();
                }
            } catch (OffsetOutOfRangeException e) {
                skipGap(from, e.offsetOutOfRangePartitions());
            }
        }
    }

    private void noteCaughtUp(Consumer<String, byte[]> from, List<TopicPartition> all) {
        if (!caughtUp) {
            caughtUp = all.stream().allMatch(tp -> from.position(tp) >= readyAt[tp.partition()]);
        }
    }

    /** Not sooner, since one partition may fail while others are consumed. */
    private void noteSteady() {
        backOff = FIRST_BACK_OFF;
        if (problem != null) {
            problem = null;
            log.atInfo().log("The log is consumed again");
        }
    }

    private void skipGap(Consumer<String, byte[]> from, Map<TopicPartition, Long> outOfRange) {
        Map<TopicPartition, Long> begins = from.beginningOffsets(outOfRange.keySet());
        begins.forEach((tp, begin) -> {
            int p = tp.partition();
            if (begin <= next[p]) {
                throw new IllegalStateException(
                        ("%s ends before offset %d, up to which it was consumed: it was"
                                        + " lost or made anew, and stamps no longer tell"
                                        + " what is fresh; begin a new epoch"
                                        + " (freshet.topics.epoch) in every service")
                                .formatted(tp, next[p]));
            }
            log.atError()
                    .addKeyValue("partition", p)
                    .addKeyValue("from", next[p])
                    .addKeyValue("to", begin)
                    .log("Log records were removed before they were consumed");
            listener.gap(p, stamp(begin));
            next[p] = begin;
            from.seek(tp, begin);
        });
    }

    private void report(Exception e) {
        Throwable cause =
                e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        String now = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (!now.equals(problem)) {
            var event =
                    cause instanceof KafkaException ? log.atWarn() : log.atError().setCause(cause);
            event.addKeyValue("problem", now).log("The log cannot be consumed; trying again");
        }
        problem = now;
    }

    private void waitAndBackOff() {
        try {
            if (closing.await(backOff.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            return;
        }
        Duration doubled = backOff.multipliedBy(2);
        backOff = doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
    }

    private TopicPartition partition(int partition) {
        return new TopicPartition(topic.name(), partition);
    }

    private Stamp stamp(long position) {
        return Stamp.of(options.epoch(), position);
    }

    /** A consumer that is closed without waiting for a broker that may be away. */
    private record Closing(Consumer<String, byte[]> consumer) implements AutoCloseable {

        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
