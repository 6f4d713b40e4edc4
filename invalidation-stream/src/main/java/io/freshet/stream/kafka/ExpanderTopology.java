package io.freshet.stream.kafka;

import io.freshet.contracts.topic.Topics;
import io.freshet.contracts.trace.Tracer;
import io.freshet.stream.expansion.Pace;
import io.freshet.stream.expansion.RowTerms;
import io.freshet.stream.expansion.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code freshet.log}, {@code freshet.entries} and {@code freshet.fan-out-orders} in; {@code
 * freshet.evictions}, {@code freshet.scopes} and {@code freshet.fan-outs} out. Task p reads and
 * writes partition p of each.
 */
public final class ExpanderTopology {

    static final String LOG = "read-log";
    static final String ENTRIES = "read-entries";
    static final String ORDERS = "read-orders";
    static final String EXPAND = "expand";
    static final String EVICTIONS = "write-evictions";
    static final String SCOPES = "write-scopes";
    static final String PROGRESS = "write-progress";

    private static final String KEY_INDEX = "key-index";
    private static final String TAG_INDEX = "tag-index";
    private static final String SCOPE_POSITIONS = "scope-positions";
    private static final String FAN_OUTS = "fan-outs";
    private static final String FAN_OUT_ORDERS = "fan-out-orders";
    private static final String POSITION = "position";
    private static final String ROW_IMAGES = "row-images";

    private final Topics topics;
    private final Settings settings;
    private final CommitWatch commits;
    private final InstantSource clock;
    private final Surroundings around;
    private final Input input;

    /**
     * How the expander works.
     *
     * @param epoch high part of every stamp
     * @param pace how much is done at a time
     * @param stepInterval how often a step of fanning out is done while one is outstanding
     * @param progressInterval how often progress is reported, if there is any
     * @param sweepInterval how often a part of the index is searched for expired rows
     */
    public record Settings(
            int epoch,
            Pace pace,
            Duration stepInterval,
            Duration progressInterval,
            Duration sweepInterval) {}

    /**
     * What it takes to notice that records were removed before they were read.
     *
     * @param log the topic
     * @param entries the topic
     */
    public record Input(String log, String entries, InputOffsets offsets, InputLosses losses) {}

    /**
     * Where the expander is told of namespaces, and tells what it does.
     *
     * @param rows on which terms rows are written
     */
    public record Surroundings(RowTerms rows, ExpanderObserver observer, Tracer tracer) {

        /** Of one that is not traced. */
        public Surroundings(RowTerms rows, ExpanderObserver observer) {
            this(rows, observer, Tracer.off());
        }
    }

    public ExpanderTopology(
            Topics topics,
            Settings settings,
            CommitWatch commits,
            InstantSource clock,
            Surroundings around,
            Input input) {
        this.topics = topics;
        this.settings = settings;
        this.commits = commits;
        this.clock = clock;
        this.around = around;
        this.input = input;
    }

    public Topology build() {
        return new Topology()
                .addSource(
                        LOG,
                        new StringDeserializer(),
                        ExpanderInput.reader(topics.log(), ExpanderInput.Logged::new),
                        topics.log().name())
                .addSource(
                        ENTRIES,
                        new StringDeserializer(),
                        ExpanderInput.reader(topics.entries(), ExpanderInput.Registered::new),
                        topics.entries().name())
                .addSource(
                        ORDERS,
                        new StringDeserializer(),
                        ExpanderInput.reader(topics.fanOutOrders(), ExpanderInput.Ordered::new),
                        topics.fanOutOrders().name())
                .addProcessor(
                        EXPAND,
                        () -> new ExpandProcessor(settings, commits, clock, around, input),
                        LOG,
                        ENTRIES,
                        ORDERS)
                .addStateStore(store(Stores.persistentKeyValueStore(KEY_INDEX)), EXPAND)
                .addStateStore(store(Stores.persistentKeyValueStore(TAG_INDEX)), EXPAND)
                .addStateStore(store(Stores.persistentKeyValueStore(SCOPE_POSITIONS)), EXPAND)
                .addStateStore(store(Stores.inMemoryKeyValueStore(FAN_OUTS)), EXPAND)
                .addStateStore(store(Stores.inMemoryKeyValueStore(FAN_OUT_ORDERS)), EXPAND)
                .addStateStore(store(Stores.inMemoryKeyValueStore(POSITION)), EXPAND)
                .addStateStore(store(Stores.inMemoryKeyValueStore(ROW_IMAGES)), EXPAND)
                .addSink(
                        EVICTIONS,
                        topics.evictions().name(),
                        Placed.serializer(),
                        topics.evictions().serde().serializer(),
                        Placed.partitioner(),
                        EXPAND)
                .addSink(
                        SCOPES,
                        topics.scopes().name(),
                        Placed.serializer(),
                        topics.scopes().serde().serializer(),
                        Placed.partitioner(),
                        EXPAND)
                .addSink(
                        PROGRESS,
                        topics.fanOuts().name(),
                        Placed.serializer(),
                        topics.fanOuts().serde().serializer(),
                        Placed.partitioner(),
                        EXPAND);
    }

    static Tables tables(ProcessorContext<?, ?> context) {
        return new Tables(
                rows(context, KEY_INDEX),
                rows(context, TAG_INDEX),
                rows(context, SCOPE_POSITIONS),
                rows(context, FAN_OUTS),
                rows(context, FAN_OUT_ORDERS),
                rows(context, POSITION),
                rows(context, ROW_IMAGES));
    }

    private static StoreRows rows(ProcessorContext<?, ?> context, String store) {
        return new StoreRows(context.<KeyValueStore<Bytes, byte[]>>getStateStore(store));
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(
            KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}
