package io.freshet.infra.servers;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The broker properties of the Kafka that Freshet starts. */
final class KafkaSettings {
    private KafkaSettings() {}

    /** Properties of a broker and controller in one, which holds every internal topic alone. */
    static Properties of(KafkaOptions options) {
        Properties properties = everywhere(options, "127.0.0.1");
        properties.put("log.dirs", options.directory().resolve("data").toString());
        properties.put(
                "controller.quorum.bootstrap.servers", "127.0.0.1:" + options.controllerPort());
        options.settings().forEach(properties::put);
        return properties;
    }

    /**
     * The same for a container, as the variables that Apache's image takes. It listens on the port
     * that is published, so that the one address holds inside and outside.
     *
     * @param data the directory in the container that keeps its data
     */
    static Map<String, String> environment(KafkaOptions options, String data) {
        Properties properties = everywhere(options, "0.0.0.0");
        properties.put("log.dirs", data);
        // The image formats for a fixed quorum only.
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + options.controllerPort());
        options.settings().forEach(properties::put);
        Map<String, String> variables = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            variables.put(variable(name), properties.getProperty(name));
        }
        return variables;
    }

    private static String variable(String property) {
        return "KAFKA_"
                + property.replace("_", "__")
                        .replace("-", "___")
                        .replace('.', '_')
                        .toUpperCase(Locale.ROOT);
    }

    private static Properties everywhere(KafkaOptions options, String host) {
        String controller = ",CONTROLLER://127.0.0.1:" + options.controllerPort();
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("listeners", "PLAINTEXT://" + host + ":" + options.port() + controller);
        properties.put(
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + options.port() + controller);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
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
        return properties;
    }
}
