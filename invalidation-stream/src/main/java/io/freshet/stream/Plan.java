package io.freshet.stream;

import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.stream.expansion.Pace;
import io.freshet.stream.kafka.EvictionConsumer;
import io.freshet.stream.kafka.ExpanderTopology;
import io.freshet.stream.kafka.KafkaAccess;
import io.freshet.stream.kafka.StreamsSettings;
import io.freshet.stream.routing.PlantedFault;
import io.freshet.stream.settings.AuditSettings;
import io.freshet.stream.settings.InboxSettings;
import io.freshet.stream.settings.PlantedFaultSettings;
import io.freshet.stream.settings.PostgresSettings;
import io.freshet.stream.settings.StreamSettings;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The options as the parts of the service take them. */
record Plan(
        KafkaOptions kafka,
        RedisOptions redis,
        PostgresSettings catalog,
        StreamSettings stream,
        InboxSettings inbox,
        AuditSettings audit,
        PlantedFaultSettings planted) {

    /** Null when the router is to make no mistakes. */
    @Nullable Supplier<PlantedFault> plantedFault() {
        return planted.isNone()
                ? null
                : () -> new PlantedFault(planted.dropOneIn(), planted.delayOneIn());
    }

    KafkaAccess access() {
        return new KafkaAccess(
                kafka.bootstrapServers(),
                stream.applicationId(),
                stream.instanceId(),
                stream.sessionTimeout());
    }

    StreamsSettings streams() {
        return new StreamsSettings(
                access(),
                stream.stateDir(),
                stream.commitInterval(),
                stream.standbyReplicas(),
                kafka.replicationFactor());
    }

    ExpanderTopology.Settings expander() {
        return new ExpanderTopology.Settings(
                kafka.epoch(),
                new Pace(
                        stream.fanOut().rowsPerStep(),
                        stream.fanOut().keysPerRecord(),
                        stream.sweep().rows(),
                        Math.ceilDiv(
                                stream.fanOut().keysPerSecond(),
                                kafka.topics().partitioning().logPartitions())),
                stream.fanOut().stepInterval(),
                stream.progressInterval(),
                stream.sweep().interval());
    }

    EvictionConsumer.Settings applier() {
        return new EvictionConsumer.Settings(
                stream.applier().idleInterval(),
                stream.applier().catalogInterval(),
                stream.applier().keysPerRound(),
                stream.applier().shortestBackOff(),
                stream.applier().longestBackOff(),
                kafka.topics().log().name(),
                kafka.epoch());
    }
}
