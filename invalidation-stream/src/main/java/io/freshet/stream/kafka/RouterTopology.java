package io.freshet.stream.kafka;

import io.freshet.contracts.topic.Topics;
import io.freshet.contracts.trace.Tracer;
import io.freshet.stream.applier.NamespaceNames;
import io.freshet.stream.routing.Placement;
import io.freshet.stream.routing.PlantedFault;
import io.freshet.stream.routing.Routing;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * {@code freshet.invalidations} in; {@code freshet.log} and dead letters out.
 *
 * <p>The order of one inbox partition is kept in every partition of the log: one task reads it, one
 * idempotent producer writes, and that one never gives a record up (see {@link StreamsSettings}).
 */
public final class RouterTopology {

    static final String INBOX = "read-inbox";
    static final String ROUTE = "route";
    static final String PLANTED_FAULT = "make-mistakes";
    static final String LOG = "write-log";
    static final String DEAD_LETTERS = "write-dead-letters";

    private final Topics topics;
    private final Routing routing;
    private final DeadLetterCount deadLetterCount;
    private final Input input;
    private final Tracer tracer;
    private final @Nullable Supplier<PlantedFault> plantedFault;

    /**
     * What it takes to notice that records of the inbox were removed before they were routed.
     *
     * @param inbox the topic
     * @param catalog whose namespaces are then invalidated
     */
    public record Input(
            String inbox, InputOffsets offsets, NamespaceNames catalog, InputLosses losses) {}

    /** Is told of every record that was set aside, with the code of the reason. */
    @FunctionalInterface
    public interface DeadLetterCount {

        void count(String reason);
    }

    /** One that is not traced. */
    public RouterTopology(
            Topics topics, Routing routing, DeadLetterCount deadLetterCount, Input input) {
        this(topics, routing, deadLetterCount, input, Tracer.off(), null);
    }

    /**
     * @param plantedFault the mistakes that each partition of the inbox is to make; null for none
     */
    public RouterTopology(
            Topics topics,
            Routing routing,
            DeadLetterCount deadLetterCount,
            Input input,
            Tracer tracer,
            @Nullable Supplier<PlantedFault> plantedFault) {
        this.topics = topics;
        this.routing = routing;
        this.deadLetterCount = deadLetterCount;
        this.input = input;
        this.tracer = tracer;
        this.plantedFault = plantedFault;
    }

    public Topology build() {
        var placement = new Placement(topics.partitioning());
        var bytes = new ByteArrayDeserializer();
        var toBytes = new ByteArraySerializer();
        Supplier<PlantedFault> planted = plantedFault;
        String afterRoute = planted == null ? LOG : PLANTED_FAULT;
        Topology topology =
                new Topology()
                        .addSource(
                                AutoOffsetReset.earliest(),
                                INBOX,
                                new RecordTimeOrNow(),
                                bytes,
                                bytes,
                                topics.invalidations().name())
                        .addProcessor(
                                ROUTE,
                                () ->
                                        new RouteProcessor(
                                                routing,
                                                placement,
                                                deadLetterCount,
                                                input,
                                                tracer,
                                                afterRoute),
                                INBOX);
        if (planted != null) {
            topology.addProcessor(
                    PLANTED_FAULT, () -> new PlantedFaultProcessor(planted.get()), ROUTE);
        }
        return topology.addSink(
                        LOG,
                        topics.log().name(),
                        toBytes,
                        topics.log().serde().serializer(),
                        (_, _, record, _) -> Optional.of(placement.partitionsOf(record.event())),
                        planted == null ? ROUTE : PLANTED_FAULT)
                .addSink(DEAD_LETTERS, topics.deadLetters().name(), toBytes, toBytes, ROUTE);
    }
}
