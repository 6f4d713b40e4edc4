package io.freshet.infra.servers;

import java.util.function.Function;

/** The two ports of a Kafka: its brokers' and its controller's. */
final class KafkaPorts {
    private KafkaPorts() {}

    /** Starts a Kafka with the wanted ports or, where they are 0, with free ones. */
    static <S> S choose(KafkaOptions wanted, Function<KafkaOptions, S> start) {
        return Ports.choose(
                wanted.port(),
                port ->
                        Ports.choose(
                                wanted.controllerPort(),
                                controllerPort ->
                                        start.apply(
                                                wanted.port(port).controllerPort(controllerPort))));
    }

    static void requireFree(KafkaOptions options) {
        Ports.requireFree(options.port(), "Kafka");
        Ports.requireFree(options.controllerPort(), "Kafka's controller");
    }
}
