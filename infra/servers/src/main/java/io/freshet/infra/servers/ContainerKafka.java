package io.freshet.infra.servers;

import io.freshet.infra.servers.container.ContainerImage;
import io.freshet.infra.servers.container.ContainerPlan;
import io.freshet.infra.servers.container.Engine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Kafka as a container, a program of its own whatever the options say. */
final class ContainerKafka extends ContainerServer implements KafkaServer {
    private static final String DATA = "/var/lib/kafka/data";

    private final KafkaOptions options;

    private ContainerKafka(KafkaOptions options, Engine engine) {
        super("Kafka", engine, plan(options), options.startTimeout());
        this.options = options;
    }

    static ContainerKafka start(KafkaOptions wanted, Engine engine) {
        return KafkaPorts.choose(
                wanted,
                options -> {
                    ContainerKafka kafka = new ContainerKafka(options, engine);
                    kafka.start();
                    return kafka;
                });
    }

    private static ContainerPlan plan(KafkaOptions options) {
        Map<String, String> environment = new HashMap<>(KafkaSettings.environment(options, DATA));
        environment.put("KAFKA_HEAP_OPTS", "-Xmx512m -XX:+UseSerialGC");
        return new ContainerPlan(
                ContainerImage.configured("freshet.image.kafka", "apache/kafka:4.3.1"),
                options.directory(),
                DATA,
                options.port(),
                environment,
                Map.of(),
                List.of());
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + options.port();
    }

    @Override
    boolean answers() {
        return KafkaPing.answered("127.0.0.1", options.port());
    }
}
