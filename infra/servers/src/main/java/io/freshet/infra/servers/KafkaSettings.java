package io.freshet.infra.servers;

import java.util.Properties;

/** The broker properties of the Kafka that Freshet starts. */
final class KafkaSettings {
    private KafkaSettings() {}

    /** Properties of a broker and controller in one, which holds every internal topic alone. */
    static Properties of(KafkaOptions options) {
        String listeners =
                "PLAINTEXT://127.0.0.1:"
                        + options.port()
                        + ",CONTROLLER://127.0.0.1:"
                        + options.controllerPort();
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put(
                "controller.quorum.bootstrap.servers", "127.0.0.1:" + options.controllerPort());
        properties.put("listeners", listeners);
        properties.put("advertised.listeners", listeners);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", options.directory().resolve("data").toString());
        properties.put("num.partitions", "4");
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // The default takes 128 MB of heap.
        properties.put("log.cleaner.dedupe.buffer.size", "10485760");
        options.settings().forEach(properties::put);
        return properties;
    }
}
