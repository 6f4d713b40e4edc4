package io.freshet.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConsumerLoopTest {

    private static final Duration ENDLESS = Duration.ofHours(1);

    /** Waits for records, but for the first turn of all, which fails. */
    private final class Failing implements ConsumerLoop.Polling {

        private final RuntimeException failure;
        private boolean hasFailed;

        Failing(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public void begin(Consumer<String, byte[]> consumer) {
            var partition = new TopicPartition(topics.options().topics().writes().name(), 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            told.add("begin");
        }

        @Override
        public void turn(Consumer<String, byte[]> consumer) {
            if (!hasFailed) {
                hasFailed = true;
                throw failure;
            }
            told.add("turn");
            consumer.poll(ENDLESS);
        }

        @Override
        public void end() {
            told.add("end");
        }
    }

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private TestTopics topics;

    @BeforeEach
    void start() throws Exception {
        topics = TestTopics.create("loop", 1);
    }

    @AfterEach
    void stop() {
        topics.close();
    }

    static Stream<RuntimeException> failures() {
        return Stream.of(new KafkaException("away"), new IllegalStateException("odd"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldTakeAnotherConsumerWhenOneFails(RuntimeException failure) {
        try (var loop = loop(new Failing(failure))) {
            // when
            loop.start();
            // then
            await().untilAsserted(() ->
                    assertThat(told).containsExactly("begin", "end", "begin", "turn"));
        }
    }

    @Test
    void shouldBeWokenUpAndHaveEndedWhenItIsClosed() {
        // given
        var loop = loop(new Failing(new KafkaException("away")));
        loop.start();
        await().until(() -> told.contains("turn"));
        // when
        loop.close();
        // then
        assertThat(told).containsExactly("begin", "end", "begin", "turn", "end");
    }

    @Test
    void shouldEndWhileItWaitsForAServer() {
        // given
        var loop =
                loop(
                        new ConsumerLoop.Polling() {

                            @Override
                            public void begin(Consumer<String, byte[]> consumer)
                                    throws ExecutionException {
                                told.add("begin");
                                throw new ExecutionException(new KafkaException("away"));
                            }

                            @Override
                            public void turn(Consumer<String, byte[]> consumer) {
                                told.add("turn");
                            }
                        });
        loop.start();
        await().until(() -> told.contains("begin"));
        // when
        loop.close();
        // then
        assertThat(told).containsOnly("begin");
    }

    private ConsumerLoop loop(ConsumerLoop.Polling polling) {
        return new ConsumerLoop(
                "loop", () -> new KafkaConsumer<>(topics.options().tail()), polling);
    }
}
