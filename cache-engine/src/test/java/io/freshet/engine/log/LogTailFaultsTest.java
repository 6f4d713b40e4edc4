package io.freshet.engine.log;

import static io.freshet.engine.log.TestTopics.stamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.log.RecordedLog.Call;
import io.freshet.infra.servers.KafkaOptions;
import io.freshet.infra.servers.KafkaServer;
import io.freshet.infra.servers.ServerProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailFaultsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void shouldGoOnWhereItStoppedWhenTheBrokerWasKilled(@TempDir Path directory) throws Exception {
        // given
        try (KafkaServer kafka =
                        ServerProvider.configured()
                                .startKafka(KafkaOptions.in(directory).ownProcess(true));
                var topics = TestTopics.create(kafka, "killed", 1)) {
            log(topics, 1);
            var told = new RecordedLog();
            try (var tail = new LogTail(topics.options(), told)) {
                tail.start();
                await().atMost(LONG).until(tail::caughtUp);

                // when
                kafka.kill();
                kafka.restart();
                log(topics, 2);

                // then
                await().atMost(LONG)
                        .untilAsserted(() ->
                                assertThat(told.calls())
                                        .containsExactly(
                                                new Call.Begun(0, stamp(0), stamp(1)),
                                                new Call.Consumed(0, stamp(1), record(1)),
                                                new Call.Consumed(0, stamp(2), record(2))));
            }
        }
    }

    @Test
    void shouldReportRecordsThatWereRemovedBeforeTheyWereConsumed() throws Exception {
        // given
        try (var topics = TestTopics.create("overtaken", 1)) {
            var told = new RecordedLog();
            var slow = new SlowLog(told);
            try (var tail = new LogTail(topics.options(), slow)) {
                tail.start();
                await().until(tail::caughtUp);
                for (int i = 1; i <= 6; i++) {
                    log(topics, i);
                }

                // when
                topics.expire(topics.options().topics().log(), 0, 5);
                slow.goOn.countDown();

                // then
                await().untilAsserted(() ->
                        assertThat(told.calls())
                                .endsWith(
                                        new Call.Gap(0, stamp(5)),
                                        new Call.Consumed(0, stamp(6), record(6))));
            }
        }
    }

    @Test
    void shouldStopAtALogThatWasMadeAnew() throws Exception {
        // given
        try (var topics = TestTopics.create("anew", 1)) {
            log(topics, 1);
            log(topics, 2);
            var told = new RecordedLog();
            try (var tail = new LogTail(topics.options(), told)) {
                tail.start();
                await().until(tail::caughtUp);

                // when
                topics.recreate(topics.options().topics().log());

                // then
                await().atMost(LONG)
                        .until(() ->
                                tail.problem()
                                        .filter(p -> p.contains("begin a new epoch"))
                                        .isPresent());
                assertThat(told.calls()).hasSize(3);
            }
        }
    }

    private static void log(TestTopics topics, int offset) {
        topics.write(topics.options().topics().log(), 0, "", record(offset));
    }

    private static LogRecord record(int number) {
        return new LogRecord(
                new Event.Heartbeat("primary", new Lsn(number), Instant.EPOCH),
                new InboxPosition(0, number));
    }

    /** Hands on, but waits at the first record. */
    private record SlowLog(RecordedLog log, CountDownLatch goOn) implements ForwardingListener {

        SlowLog(RecordedLog log) {
            this(log, new CountDownLatch(1));
        }

        @Override
        public void consume(int partition, Stamp position, LogRecord record) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            log.consume(partition, position, record);
        }
    }
}
