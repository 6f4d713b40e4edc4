package io.freshet.engine.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.Registrations;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaInboxTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final EntryKey PARIS = new EntryKey("2988507");

    private TestTopics topics;

    @BeforeEach
    void createTopics() throws Exception {
        topics = TestTopics.create("inbox", 4);
    }

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Test
    void shouldAnswerThePlaceThatAKeyEventTook() throws Exception {
        // given
        var event = invalidation(new Target.OfKey(CITIES, PARIS));
        int partition = topics.options().partitioning().partitionOf(CITIES, PARIS);

        // when
        InboxPosition second;
        try (var inbox = new KafkaInbox(topics.options())) {
            inbox.publish(event).toCompletableFuture().get(20, SECONDS);
            second = inbox.publish(event).toCompletableFuture().get(20, SECONDS);
        }

        // then
        assertThat(second).isEqualTo(new InboxPosition(partition, 1));
        assertThat(read(topics.options().topics().invalidations(), partition))
                .containsExactly(event, event);
    }

    @Test
    void shouldCompleteOffTheProducersThread() throws Exception {
        // given
        var thread = new AtomicReference<Thread>();

        // when
        try (var inbox = new KafkaInbox(topics.options())) {
            inbox.publish(invalidation(new Target.OfNamespace(CITIES)))
                    .thenAccept(_ -> thread.set(Thread.currentThread()))
                    .toCompletableFuture()
                    .get(20, SECONDS);
        }

        // then
        assertThat(thread.get().isVirtual()).isTrue();
    }

    @Test
    void shouldRefuseHeartbeats() {
        try (var inbox = new KafkaInbox(topics.options())) {
            // when
            var refused =
                    inbox.publish(new Event.Heartbeat("primary", new Lsn(1), Instant.EPOCH))
                            .toCompletableFuture();

            // then
            assertThat(refused).isCompletedExceptionally();
        }
    }

    @Test
    void shouldRegisterInTheKeysPartition() throws Exception {
        // given
        var registration = new Registration(CITIES, PARIS, Stamp.of(0, 3), Set.of(), Instant.EPOCH);

        // when
        try (var registry = new KafkaEntryRegistry(topics.options())) {
            registry.register(registration).toCompletableFuture().get(20, SECONDS);
        }

        // then
        int partition = topics.options().partitioning().partitionOf(CITIES, PARIS);
        assertThat(read(topics.options().topics().entries(), partition))
                .containsExactly(Registrations.of(registration));
    }

    @Test
    void shouldFailARegistrationInTimeAndNotBlockTheCallerWhenKafkaIsAway() {
        // given
        var nowhere = new KafkaOptions("127.0.0.1:9", "nowhere", 4, (short) 1);
        var registration = new Registration(CITIES, PARIS, Stamp.of(0, 3), Set.of(), Instant.EPOCH);
        try (var registry = new KafkaEntryRegistry(nowhere)) {

            // when
            long before = System.nanoTime();
            CompletableFuture<Void> pending = registry.register(registration).toCompletableFuture();
            Duration blocked = Duration.ofNanos(System.nanoTime() - before);

            // then
            assertThat(blocked).isLessThan(Duration.ofMillis(200));
            assertThatThrownBy(() -> pending.get(4, SECONDS))
                    .isInstanceOf(ExecutionException.class);
        }
    }

    private <T> List<T> read(TopicSpec<T> topic, int partition) {
        var tp = List.of(new TopicPartition(topic.name(), partition));
        try (var consumer = new KafkaConsumer<String, byte[]>(topics.options().tail())) {
            consumer.assign(tp);
            consumer.seekToBeginning(tp);
            var values = new java.util.ArrayList<T>();
            consumer.poll(Duration.ofSeconds(10))
                    .forEach(record -> values.add(topic.codec().decode(record.value())));
            return values;
        }
    }

    private static Event invalidation(Target target) {
        return new Event.Invalidation(
                null,
                target,
                Mode.HARD,
                null,
                Cause.of(Cause.Kind.REST, null, null),
                Instant.EPOCH);
    }
}
