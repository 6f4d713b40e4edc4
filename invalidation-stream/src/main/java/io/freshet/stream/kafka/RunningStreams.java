package io.freshet.stream.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka Streams instance from its start to its close. A thread that fails is replaced: nothing is
 * skipped, it takes up where the last commit left off.
 */
public final class RunningStreams implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunningStreams.class);
    private static final Duration BEFORE_REPLACING = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final String name;
    private final KafkaStreams streams;
    private final boolean leavesGroup;

    /** Is told what befalls the instance; for metrics. Called on its threads. */
    public interface Observer {

        /** A thread failed, and is replaced. */
        void threadFailed();

        /** A store was read back from Kafka. */
        void restored(long rows, Duration took);
    }

    private RunningStreams(String name, KafkaStreams streams, boolean leavesGroup) {
        this.name = name;
        this.streams = streams;
        this.leavesGroup = leavesGroup;
    }

    /**
     * Starts; returns before partitions are assigned.
     *
     * @param name for people
     * @param clients makes its producers and consumers
     * @param leavesGroup whether a close hands the partitions over at once
     */
    public static RunningStreams start(
            String name,
            Topology topology,
            Properties settings,
            KafkaClientSupplier clients,
            boolean leavesGroup,
            Observer observer) {
        var streams = new KafkaStreams(topology, settings, clients);
        streams.setUncaughtExceptionHandler(failure -> {
            log.atError()
                    .addKeyValue("stream", name)
                    .setCause(failure)
                    .log("a stream thread failed and is replaced");
            observer.threadFailed();
            LockSupport.parkNanos(BEFORE_REPLACING.toNanos());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.setStateListener((now, before) ->
                log.atInfo()
                        .addKeyValue("stream", name)
                        .addKeyValue("from", before)
                        .addKeyValue("to", now)
                        .log("stream state"));
        streams.setGlobalStateRestoreListener(new RestoreWatch(observer, InstantSource.system()));
        streams.start();
        return new RunningStreams(name, streams, leavesGroup);
    }

    public String name() {
        return name;
    }

    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** State as Kafka Streams names it. */
    public String state() {
        return streams.state().name();
    }

    @Override
    public void close() {
        var membership =
                leavesGroup
                        ? GroupMembershipOperation.LEAVE_GROUP
                        : GroupMembershipOperation.REMAIN_IN_GROUP;
        boolean closed =
                streams.close(
                        CloseOptions.groupMembershipOperation(membership)
                                .withTimeout(CLOSE_TIMEOUT));
        if (!closed) {
            log.atWarn().addKeyValue("stream", name).log("stream did not close in time");
        }
    }
}
