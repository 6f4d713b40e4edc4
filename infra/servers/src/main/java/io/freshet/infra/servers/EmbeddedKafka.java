package io.freshet.infra.servers;

import io.freshet.infra.servers.process.ServerDirectory;
import io.freshet.infra.servers.process.ServerDirectory.StartLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka inside this JVM: one node that is broker and KRaft controller. */
final class EmbeddedKafka implements KafkaServer {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);

    private final KafkaOptions options;
    private final ServerDirectory directory;

    /** Null while it is stopped, and in a program of its own, whose starter holds it. */
    private @Nullable StartLock lock;

    /** Null while it is stopped. */
    private volatile @Nullable KafkaRaftServer server;

    private EmbeddedKafka(KafkaOptions options) {
        this.options = options;
        this.directory = new ServerDirectory(options.directory());
    }

    /** Starts it as a part of a program that does more than that. */
    static KafkaServer startInside(KafkaOptions wanted) {
        KafkaExit.sparesThisJvm();
        return KafkaPorts.choose(
                wanted,
                options -> {
                    EmbeddedKafka kafka = new EmbeddedKafka(options);
                    kafka.startLocked();
                    return kafka;
                });
    }

    /** Starts it as all that this program does; whoever started the program took the directory. */
    static KafkaServer startAlone(KafkaOptions wanted) {
        return KafkaPorts.choose(
                wanted,
                options -> {
                    EmbeddedKafka kafka = new EmbeddedKafka(options);
                    kafka.start();
                    return kafka;
                });
    }

    static String advice(KafkaOptions options) {
        return "If its data can go, delete " + options.directory() + " and start again.";
    }

    private void startLocked() {
        try {
            lock = directory.lock();
        } catch (IOException e) {
            throw failed(options, "", e);
        }
        try {
            start();
        } catch (ServerStartException e) {
            unlock();
            throw e;
        }
    }

    private void start() {
        long begun = System.nanoTime();
        KafkaPorts.requireFree(options);
        Properties properties = KafkaSettings.of(options);
        try {
            KafkaDirectory.prepare(options.directory(), properties);
            server = launch(properties);
        } catch (IOException e) {
            throw failed(options, "", e);
        } catch (RuntimeException e) {
            throw failed(options, "\n" + advice(options), e);
        }
        log.atInfo()
                .addKeyValue("server", "Kafka")
                .addKeyValue("bootstrap", bootstrapServers())
                .addKeyValue("directory", options.directory())
                .addKeyValue("millis", Duration.ofNanos(System.nanoTime() - begun).toMillis())
                .log("Started");
    }

    private static ServerStartException failed(
            KafkaOptions options, String advice, Exception cause) {
        return new ServerStartException(
                "Kafka did not start in "
                        + options.directory()
                        + ": "
                        + cause.getMessage()
                        + advice,
                cause);
    }

    private static KafkaRaftServer launch(Properties properties) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + options.port();
    }

    @Override
    public long pid() {
        throw noProcess();
    }

    @Override
    public boolean isAlive() {
        return server != null;
    }

    @Override
    public void kill() {
        throw noProcess();
    }

    @Override
    public void restart() {
        close();
        startLocked();
    }

    @Override
    public void pause() {
        throw noProcess();
    }

    @Override
    public void resume() {
        throw noProcess();
    }

    @Override
    public void close() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
        unlock();
    }

    private void unlock() {
        StartLock held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static UnsupportedOperationException noProcess() {
        return new UnsupportedOperationException(
                "This Kafka runs inside this JVM: start it with KafkaOptions.ownProcess(true)");
    }
}
