package io.freshet.engine.write;

import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.log.KafkaWriteLog;
import io.freshet.engine.log.WriteGroup;
import io.freshet.engine.log.WriteTail;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.engine.read.InvalidationPath;
import io.freshet.engine.read.Timer;
import io.freshet.engine.source.SourceWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Writing behind, wired to Kafka: what is accepted, what is answered from, and what applies it. */
public final class QueuedWrites implements AutoCloseable {

    private final KafkaWriteLog log;
    private final WriteTail tail;
    private final WriteGroup group;
    private final WriteBehind behind;

    private QueuedWrites(KafkaWriteLog log, WriteTail tail, WriteGroup group, WriteBehind behind) {
        this.log = log;
        this.tail = tail;
        this.group = group;
        this.behind = behind;
    }

    /**
     * Starts.
     *
     * @param writers what writes the source of a namespace
     */
    public static QueuedWrites start(
            WriteOptions options,
            KafkaOptions kafka,
            Namespaces namespaces,
            Function<NamespaceConfig, Optional<SourceWriter>> writers,
            InvalidationPath invalidations,
            LogView view,
            Timer timer,
            String node,
            MeterRegistry registry) {
        var clock = InstantSource.system();
        var meters = new WriteMeters(registry);
        var log = new KafkaWriteLog(kafka);
        var pending = new PendingWrites(kafka.partitioning().logPartitions());
        meters.watch(pending, clock);
        var tail = new WriteTail(kafka, pending::follow);
        var applier =
                new WriteApplier(
                        options,
                        namespaces,
                        writers,
                        invalidations,
                        log,
                        timer,
                        clock,
                        meters,
                        node);
        var group = new WriteGroup(kafka, applier);
        var behind =
                new WriteBehind(
                        log, pending, view, clock, options.maxPendingBytes(), tail::isCaughtUp);
        tail.start();
        group.start();
        return new QueuedWrites(log, tail, group, behind);
    }

    public WriteBehind behind() {
        return behind;
    }

    /** What is not written yet stays in Kafka, for others or for later. */
    @Override
    public void close() {
        group.close();
        tail.close();
        log.close();
    }
}
