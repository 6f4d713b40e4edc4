package io.freshet.infra.bench.latency;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.freshet.infra.bench.Instance;
import io.freshet.infra.bench.load.Cities;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;

/**
 * Debezium and nothing else, on a slot of its own that goes with it: what the pipeline is compared
 * with. It has the pace of cdc-connector, moves its slot without waiting as that does, which by
 * default can take seconds, and its consumer does nothing but look.
 */
final class BareCapture implements AutoCloseable {

    private static final String SLOT = "freshet_bench";

    private final Instance instance;
    private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
    private final CountDownLatch streaming = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param keys told the key of each changed row
     */
    BareCapture(Instance instance, Consumer<String> keys) throws SQLException {
        this.instance = instance;
        dropSlot();
        try (Connection connection = instance.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP PUBLICATION IF EXISTS " + SLOT);
            statement.execute("CREATE PUBLICATION " + SLOT + " FOR TABLE " + Cities.TABLE);
        }
        engine =
                DebeziumEngine.create(Connect.class)
                        .using(settings())
                        .using(new Streaming())
                        .notifying((batch, committer) -> {
                            look(batch, keys);
                            committer.markProcessed(batch.getLast());
                            committer.markBatchFinished();
                        })
                        .build();
        thread = Thread.ofPlatform().name("bare-capture").start(engine);
    }

    /** Blocks until changes are being captured. */
    void awaitStreaming() throws InterruptedException {
        if (!streaming.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Debezium did not start within 60 s");
        }
    }

    private static void look(
            List<ChangeEvent<SourceRecord, SourceRecord>> batch, Consumer<String> keys) {
        for (ChangeEvent<SourceRecord, SourceRecord> event : batch) {
            if (event.value().key() instanceof Struct key && key.schema().field("id") != null) {
                keys.accept(String.valueOf(key.get("id")));
            }
        }
    }

    private Properties settings() {
        URI url = URI.create(instance.postgres().substring("jdbc:".length()));
        var settings = new Properties();
        settings.setProperty("name", SLOT);
        settings.setProperty("topic.prefix", SLOT);
        settings.setProperty("connector.class", PostgresConnector.class.getName());
        settings.setProperty("database.hostname", url.getHost());
        settings.setProperty("database.port", Integer.toString(url.getPort()));
        settings.setProperty("database.dbname", url.getPath().substring(1));
        settings.setProperty("database.user", instance.postgresUser());
        settings.setProperty("database.password", instance.postgresPassword());
        settings.setProperty("plugin.name", "pgoutput");
        settings.setProperty("slot.name", SLOT);
        settings.setProperty("slot.drop.on.stop", "true");
        settings.setProperty("publication.name", SLOT);
        settings.setProperty("publication.autocreate.mode", "disabled");
        settings.setProperty("table.include.list", Cities.TABLE);
        settings.setProperty("message.prefix.exclude.list", ".*");
        settings.setProperty("offset.storage", MemoryOffsetBackingStore.class.getName());
        settings.setProperty("snapshot.mode", "no_data");
        settings.setProperty("poll.interval.ms", "2");
        settings.setProperty("max.batch.size", "512");
        settings.setProperty("max.queue.size", "8192");
        settings.setProperty("record.processing.threads", "1");
        settings.setProperty("lsn.flush.timeout.ms", "5");
        settings.setProperty("lsn.flush.timeout.action", "ignore");
        return settings;
    }

    @Override
    public void close() throws SQLException, IOException {
        engine.close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        dropSlot();
        try (Connection connection = instance.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP PUBLICATION IF EXISTS " + SLOT);
        }
    }

    private void dropSlot() throws SQLException {
        try (Connection connection = instance.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    SELECT pg_drop_replication_slot(slot_name)
                    FROM pg_replication_slots WHERE slot_name = '%s' AND NOT active
                    """
                            .formatted(SLOT));
        }
    }

    private final class Streaming implements DebeziumEngine.ConnectorCallback {
        @Override
        public void pollingStarted() {
            streaming.countDown();
        }
    }
}
