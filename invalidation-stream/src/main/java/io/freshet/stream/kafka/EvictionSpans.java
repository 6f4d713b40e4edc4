package io.freshet.stream.kafka;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.trace.Span;
import io.freshet.contracts.trace.Stage;
import io.freshet.contracts.trace.Tracer;
import io.freshet.stream.applier.PartitionApplier;
import io.freshet.stream.applier.Positioned;
import io.freshet.stream.applier.Step;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells a tracer of evictions, from when the expander wrote them until Redis has answered. What was
 * removed, marked or written is told of the round of records that they were applied with.
 */
public record EvictionSpans(Tracer tracer) {

    Span begin(ConsumerRecord<?, Eviction> record) {
        if (!tracer.isOn()) {
            return Span.none();
        }
        Span span = tracer.after(record.headers(), Stage.EVICT, record.timestamp());
        return span.context() == null ? span : described(span, record);
    }

    private static Span described(Span span, ConsumerRecord<?, Eviction> record) {
        span.with("freshet.partition", record.partition()).with("freshet.offset", record.offset());
        return switch (record.value()) {
            case Eviction.Keys(var namespace, var keys, _, _, _) ->
                    span.with("freshet.namespace", namespace.value())
                            .with("freshet.keys", keys.size());
            case Eviction.Replacement replacement ->
                    span.with("freshet.namespace", replacement.namespace().value())
                            .with("freshet.keys", 1);
            case Eviction.Barrier _, Eviction.Progress _ -> span;
        };
    }

    void end(List<Positioned> round, Step step, PartitionApplier.Applied applied) {
        if (!tracer.isOn()) {
            return;
        }
        String outcome =
                switch (step) {
                    case Step.Continue _ -> "applied";
                    case Step.Rewind _ -> "rewound";
                };
        for (Positioned record : round) {
            if (record.span().context() != null) {
                record.span()
                        .with("freshet.outcome", outcome)
                        .with("freshet.removed", applied.removed())
                        .with("freshet.marked", applied.marked())
                        .with("freshet.written", applied.written())
                        .end();
            }
        }
    }
}
