package io.freshet.infra.servers;

import java.io.IOException;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** Kafka inside this JVM, one node that is broker and KRaft controller. */
final class EmbeddedKafka implements KafkaServer {
    private static final String NO_PROCESS =
            "This Kafka runs inside this JVM: start it with KafkaOptions.ownProcess(true)";

    private final KafkaOptions options;
    private KafkaRaftServer server;
    private boolean alive = true;

    private EmbeddedKafka(KafkaOptions options, KafkaRaftServer server) {
        this.options = options;
        this.server = server;
    }

    static EmbeddedKafka start(KafkaOptions wanted) {
        KafkaOptions options = withPorts(wanted);
        return new EmbeddedKafka(options, launch(options));
    }

    /** The options with both ports chosen. */
    static KafkaOptions withPorts(KafkaOptions wanted) {
        return wanted.port(Ports.resolve(wanted.port()))
                .controllerPort(Ports.resolve(wanted.controllerPort()));
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + options.port();
    }

    @Override
    public long pid() {
        throw new UnsupportedOperationException(NO_PROCESS);
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException(NO_PROCESS);
    }

    @Override
    public void restart() {
        close();
        server = launch(options);
        alive = true;
    }

    @Override
    public void pause() {
        throw new UnsupportedOperationException(NO_PROCESS);
    }

    @Override
    public void resume() {
        throw new UnsupportedOperationException(NO_PROCESS);
    }

    @Override
    public void close() {
        if (alive) {
            alive = false;
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static KafkaRaftServer launch(KafkaOptions options) {
        Ports.requireFree(options.port(), "Kafka");
        Ports.requireFree(options.controllerPort(), "Kafka's controller");
        Properties properties = KafkaSettings.of(options);
        try {
            KafkaDirectory.prepare(options.directory(), properties);
        } catch (IOException e) {
            throw new ServerStartException("Kafka did not start in " + options.directory(), e);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        return server;
    }
}
