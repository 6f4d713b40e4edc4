package io.freshet.cdc.capture;

import io.debezium.connector.postgresql.PostgresConnector;
import io.freshet.cdc.database.Heartbeat;
import io.freshet.cdc.database.InvalidationFunctions;
import io.freshet.cdc.database.SourceDatabase;
import io.freshet.cdc.rule.TableName;
import io.freshet.cdc.settings.CaptureSettings;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;

/** How the engine is set up, and why. */
final class EngineSettings {

    /** Begins the engine's name, which is to be its own in its process; nothing outside sees it. */
    private static final String NAME = "freshet-";

    /** Regular expressions, as the tables' names. */
    private static final String MESSAGES =
            Stream.of(Heartbeat.PREFIX, InvalidationFunctions.PREFIX)
                    .map(prefix -> prefix.replace(".", "\\."))
                    .collect(Collectors.joining(","));

    private static final int BATCHES_QUEUED = 16;

    private static final int SIGNS_OF_LIFE = 4;

    private static final long FLUSH_PATIENCE_MILLIS = 5;

    private EngineSettings() {}

    /**
     * @param unchanged what stands for a large value that an update left alone; nobody's data
     */
    static Properties of(
            CaptureSettings settings,
            SourceDatabase database,
            Set<TableName> tables,
            String unchanged) {
        var properties = new Properties();
        properties.setProperty("name", NAME + settings.slot());
        properties.setProperty("topic.prefix", NAME + settings.slot());
        connection(properties, database);
        // The slot and the publication are ours: they exist before the engine starts.
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", settings.slot());
        properties.setProperty("publication.name", settings.publication());
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("table.include.list", patternOf(tables));
        properties.setProperty("message.prefix.include.list", MESSAGES);
        properties.setProperty("skipped.operations", "none");
        // No offsets of the engine's own: without them it streams from where the slot stands, whole
        // transactions. Its search for a position inside a transaction can lose events.
        properties.setProperty("offset.storage", MemoryOffsetBackingStore.class.getName());
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty("provide.transaction.metadata", "true");
        lettingGoOfTheLog(properties);
        // Sketches of latencies that nobody reads, and a warning for each that it has no time for.
        properties.setProperty("statistics.metrics.enabled", "false");
        values(properties, unchanged);
        pace(properties, settings);
        signsOfLife(properties, settings, database);
        // One place retries: the loop around sessions, which checks everything anew.
        properties.setProperty("errors.max.retries", "0");
        properties.setProperty("slot.max.retries", "0");
        return properties;
    }

    /**
     * The slot is moved on the thread that takes batches. To tell the server takes a lock that the
     * reader of the log holds nearly always when much comes, so there is no waiting for that: what
     * is not told now goes with the next sign of life.
     */
    private static void lettingGoOfTheLog(Properties properties) {
        properties.setProperty("lsn.flush.mode", "connector");
        properties.setProperty("lsn.flush.timeout.ms", Long.toString(FLUSH_PATIENCE_MILLIS));
        properties.setProperty("lsn.flush.timeout.action", "ignore");
    }

    private static void connection(Properties properties, SourceDatabase database) {
        properties.setProperty("connector.class", PostgresConnector.class.getName());
        properties.setProperty("database.hostname", database.host());
        properties.setProperty("database.port", Integer.toString(database.port()));
        properties.setProperty("database.dbname", database.name());
        properties.setProperty("database.user", database.user());
        properties.setProperty("database.password", database.password());
        database.parameters()
                .forEach((name, value) -> properties.setProperty("driver." + name, value));
    }

    private static void values(Properties properties, String unchanged) {
        properties.setProperty("unavailable.value.placeholder", unchanged);
        properties.setProperty("decimal.handling.mode", "string");
        properties.setProperty("time.precision.mode", "microseconds");
        // As numbers, one day and 24 hours are the same.
        properties.setProperty("interval.handling.mode", "string");
        properties.setProperty("binary.handling.mode", "bytes");
        // So that an update that changes nothing else is not taken for one that changes nothing.
        properties.setProperty("include.unknown.datatypes", "true");
        properties.setProperty("column.propagate.source.type", ".*");
        properties.setProperty("schema.name.adjustment.mode", "none");
        properties.setProperty("field.name.adjustment.mode", "none");
        properties.setProperty("tombstones.on.delete", "false");
    }

    private static void pace(Properties properties, CaptureSettings settings) {
        int batch = settings.batchSize();
        properties.setProperty(
                "poll.interval.ms", Long.toString(settings.pollInterval().toMillis()));
        // See HandoverQueue: one element is all that waits.
        properties.setProperty("max.batch.size", "1");
        properties.setProperty("max.queue.size", Integer.toString(batch * BATCHES_QUEUED));
        properties.setProperty("queue.provider.type", HandoverQueue.NAME);
        properties.setProperty(HandoverQueue.LIMIT, Integer.toString(batch));
        properties.setProperty("record.processing.threads", "1");
    }

    /** The server lets go of a reader that says nothing, even if its host is merely unreachable. */
    private static void signsOfLife(
            Properties properties, CaptureSettings settings, SourceDatabase database) {
        long timeout = settings.senderTimeout().toMillis();
        properties.setProperty("status.update.interval.ms", Long.toString(timeout / SIGNS_OF_LIFE));
        String others = database.parameters().getOrDefault("options", "");
        properties.setProperty(
                "driver.options", (others + " -c wal_sender_timeout=" + timeout).strip());
    }

    /** Regular expressions of the names, each character that could mean something escaped. */
    private static String patternOf(Set<TableName> tables) {
        return tables.stream()
                .map(table -> table.schema() + "." + table.table())
                .map(name -> name.replaceAll("[^\\p{L}\\p{N}_]", "\\\\$0"))
                .collect(Collectors.joining(","));
    }
}
