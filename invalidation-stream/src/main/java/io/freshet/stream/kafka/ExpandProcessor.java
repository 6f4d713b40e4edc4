package io.freshet.stream.kafka;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.trace.Span;
import io.freshet.stream.expansion.Expansion;
import io.freshet.stream.expansion.Output;
import io.freshet.stream.expansion.RowImageGuard;
import io.freshet.stream.expansion.RowImages;
import io.freshet.stream.expansion.Tables;
import io.freshet.stream.kafka.InputLosses.Input;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Feeds an {@link Expansion} from Kafka, with its stores, its clock and its sinks. */
final class ExpandProcessor implements Processor<String, ExpanderInput, Placed, Object> {

    private final ExpanderTopology.Settings settings;
    private final CommitWatch commits;
    private final InstantSource clock;
    private final ExpanderTopology.Surroundings around;
    private final ExpanderTopology.Input input;

    private @Nullable Task task;

    ExpandProcessor(
            ExpanderTopology.Settings settings,
            CommitWatch commits,
            InstantSource clock,
            ExpanderTopology.Surroundings around,
            ExpanderTopology.Input input) {
        this.settings = settings;
        this.commits = commits;
        this.clock = clock;
        this.around = around;
        this.input = input;
    }

    @Override
    public void init(ProcessorContext<Placed, Object> context) {
        int partition = context.taskId().partition();
        ExpanderObserver observer = around.observer();
        Tables tables = ExpanderTopology.tables(context);
        var guard =
                new RowImageGuard(
                        tables.images(), RowImageGuard.STRIDE_BYTES, Expansion.CLOCK_TOLERANCE);
        var spans = new ExpansionSpans(around.tracer());
        var expansion =
                new Expansion(
                        settings.epoch(),
                        settings.pace(),
                        tables,
                        new RowImages(guard, around.rows()),
                        new Sinks(context, partition, observer, spans),
                        () -> commits.countOf(partition),
                        clock);
        every(context, settings.stepInterval(), expansion::work);
        every(context, settings.progressInterval(), expansion::reportProgress);
        every(context, settings.sweepInterval(), expansion::sweep);
        observer.opened(partition, expansion::reached, expansion::hasWork);
        var log = new TopicPartition(input.log(), partition);
        var entries = new TopicPartition(input.entries(), partition);
        task =
                new Task(
                        context,
                        expansion,
                        spans,
                        InputGaps.of(log, input.offsets(), expansion.reached().position()),
                        InputGaps.of(entries, input.offsets(), 0));
    }

    @Override
    public void process(Record<String, ExpanderInput> record) {
        var opened = requireNonNull(task);
        long offset = opened.context().recordMetadata().orElseThrow().offset();
        switch (record.value()) {
            case ExpanderInput.Logged(var logRecord) -> {
                opened.logGaps()
                        .before(offset)
                        .ifPresent(gap -> {
                            opened.expansion().onLoss(offset);
                            tell(Input.LOG, gap);
                        });
                Span span =
                        opened.spans()
                                .begin(record, logRecord, Stamp.of(settings.epoch(), offset + 1));
                opened.expansion().onLogRecord(offset, logRecord);
                span.end();
            }
            case ExpanderInput.Registered(var registered) -> {
                opened.entryGaps().before(offset).ifPresent(gap -> tell(Input.ENTRIES, gap));
                registered.entries().forEach(opened.expansion()::onRegistration);
            }
            case ExpanderInput.Ordered(var order) -> opened.expansion().onOrder(order);
        }
    }

    @Override
    public void close() {
        if (task != null) {
            around.observer().closed(task.context().taskId().partition());
        }
    }

    private void tell(Input from, InputGaps.Gap gap) {
        input.losses().lost(from, gap.partition().partition(), gap.from(), gap.to());
    }

    private static void every(ProcessorContext<?, ?> context, Duration interval, Runnable action) {
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, _ -> action.run());
    }

    private record Task(
            ProcessorContext<Placed, Object> context,
            Expansion expansion,
            ExpansionSpans spans,
            InputGaps logGaps,
            InputGaps entryGaps) {}

    /** Writes results to the partition of the task, in the order in which they come. */
    private record Sinks(
            ProcessorContext<Placed, Object> context,
            int partition,
            ExpanderObserver observer,
            ExpansionSpans spans)
            implements Output {

        @Override
        public void evict(Eviction eviction) {
            context.forward(
                    new Record<>(
                            new Placed(partition, null),
                            eviction,
                            context.currentSystemTimeMs(),
                            spans.headersOf(eviction)),
                    ExpanderTopology.EVICTIONS);
        }

        @Override
        public void scope(ScopeRecord scope) {
            forward(new Placed(partition, scope.recordKey()), scope, ExpanderTopology.SCOPES);
        }

        @Override
        public void progress(FanOutProgress progress) {
            forward(
                    new Placed(partition, progress.recordKey()),
                    progress,
                    ExpanderTopology.PROGRESS);
        }

        @Override
        public void fannedOut(long keys, Duration took) {
            observer.fannedOut(keys, took);
        }

        @Override
        public void rowRefused(RowImages.Reason reason) {
            observer.rowRefused(reason);
        }

        private void forward(Placed key, Object value, String sink) {
            context.forward(new Record<>(key, value, context.currentSystemTimeMs()), sink);
        }
    }
}
