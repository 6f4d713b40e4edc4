package io.freshet.stream.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The Kafka clients of a stream, as Kafka Streams itself makes them, but for how long its thread
 * waits for records: briefly while there is work to do that does not come from records, else as
 * long as Kafka Streams would. Otherwise a thread that has to come round often to work would do so
 * when there is none.
 */
public final class StreamClients implements KafkaClientSupplier {

    private final BooleanSupplier busy;
    private final Duration busyPoll;

    /**
     * Makes clients of a stream that works by itself.
     *
     * @param busy whether there is such work; asked by the stream's thread
     * @param busyPoll longest wait for records meanwhile
     */
    public StreamClients(BooleanSupplier busy, Duration busyPoll) {
        this.busy = busy;
        this.busyPoll = busyPoll;
    }

    /** Makes clients of a stream that only waits for records. */
    public static StreamClients ofReader() {
        return new StreamClients(() -> false, Duration.ZERO);
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new MainConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private final class MainConsumer extends KafkaConsumer<byte[], byte[]> {

        MainConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            boolean shorten = busyPoll.compareTo(timeout) < 0 && busy.getAsBoolean();
            return super.poll(shorten ? busyPoll : timeout);
        }
    }
}
