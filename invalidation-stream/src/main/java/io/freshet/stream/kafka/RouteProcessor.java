package io.freshet.stream.kafka;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.trace.Span;
import io.freshet.contracts.trace.Stage;
import io.freshet.contracts.trace.TraceContext;
import io.freshet.contracts.trace.Tracer;
import io.freshet.stream.kafka.InputLosses.Input;
import io.freshet.stream.kafka.RouterTopology.DeadLetterCount;
import io.freshet.stream.routing.Placement;
import io.freshet.stream.routing.Routed;
import io.freshet.stream.routing.Routing;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each record of the inbox to {@link Routing} and writes what that decides.
 *
 * <p>Where records were removed before they were routed, the log gets a barrier in their place.
 *
 * <p>A record of the log carries the time at which it was written, for retention goes by it and the
 * times in the inbox are those of strangers. A dead letter keeps its key, value, headers and time.
 */
final class RouteProcessor extends ContextualProcessor<byte[], byte[], byte[], Object> {

    private static final Logger log = LoggerFactory.getLogger(RouteProcessor.class);

    private final Routing routing;
    private final Placement placement;
    private final DeadLetterCount deadLetterCount;
    private final RouterTopology.Input input;
    private final Tracer tracer;
    private final String next;
    private @Nullable InputGaps gaps;

    /**
     * @param next where records of the log go
     */
    RouteProcessor(
            Routing routing,
            Placement placement,
            DeadLetterCount deadLetterCount,
            RouterTopology.Input input,
            Tracer tracer,
            String next) {
        this.routing = routing;
        this.placement = placement;
        this.deadLetterCount = deadLetterCount;
        this.input = input;
        this.tracer = tracer;
        this.next = next;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        var partition = new TopicPartition(input.inbox(), context.taskId().partition());
        gaps = InputGaps.of(partition, input.offsets(), 0);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata from = context().recordMetadata().orElseThrow();
        requireNonNull(gaps).before(from.offset()).ifPresent(this::raiseBarrier);
        var via = new InboxPosition(from.partition(), from.offset());
        var at = Instant.ofEpochMilli(record.timestamp());
        switch (routing.route(record.value(), record.headers(), via, at)) {
            case Routed.ToLog(var logRecord) ->
                    placement.parts(logRecord).forEach(part -> route(record, part));
            case Routed.ToDeadLetters(var reason, var message) -> {
                deadLetterCount.count(reason);
                try (var _ = tracer.enter(traceOf(record))) {
                    log.atWarn()
                            .addKeyValue("reason", reason)
                            .addKeyValue("via", via)
                            .log("set a record of the inbox aside");
                }
                context()
                        .forward(
                                DeadLetter.of(record, from, reason, message),
                                RouterTopology.DEAD_LETTERS);
            }
        }
    }

    private @Nullable TraceContext traceOf(Record<byte[], byte[]> record) {
        return tracer.isOn() ? TraceContext.in(record.headers()) : null;
    }

    private void route(Record<byte[], byte[]> from, LogRecord to) {
        Span span =
                tracer.after(from.headers(), Stage.ROUTE, from.timestamp())
                        .with("freshet.via", to.via().toString());
        context()
                .forward(
                        new Record<>(
                                null,
                                to,
                                context().currentSystemTimeMs(),
                                TraceContext.headersOf(span.context())),
                        next);
        span.end();
    }

    private void raiseBarrier(InputGaps.Gap gap) {
        long now = context().currentSystemTimeMs();
        InboxBarrier.of(gap, input.catalog(), Instant.ofEpochMilli(now))
                .forEach(barrier -> context().forward(new Record<>(null, barrier, now), next));
        input.losses().lost(Input.INBOX, gap.partition().partition(), gap.from(), gap.to());
    }
}
