package io.freshet.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.infra.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** X8: what retention has removed before the service has read it. */
class RetentionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EntryKey ROME = new EntryKey("rome");

    private final Namespace cities = new Namespace(SharedServers.freshName("cities"));
    private final Installation installation;

    RetentionTest(@TempDir Path directory) {
        installation = new Installation(SharedServers.redis().uri(), directory.resolve("state"));
    }

    @AfterEach
    void close() {
        installation.close();
    }

    private static void assertFound(ConfigurableApplicationContext service, String input)
            throws Exception {
        assertThat(Installation.get(service, "prometheus").body())
                .containsPattern("freshet_stream_losses_total\\{input=\"" + input + "\"} [1-9]");
        assertThat(Installation.get(service, "health").body())
                .contains("\"losses\":{\"" + input + "\"");
    }

    @Test
    void shouldInvalidateEveryNamespaceWhenTheInboxLostRecords() throws Exception {
        // given an invalidation that nobody has routed
        installation.runOnceAndLeave(cities, ROME);
        installation.invalidateKey(cities, ROME);
        installation.expire(installation.topics().invalidations());
        // when
        try (var service = installation.start()) {
            installation.heartbeat();
            // then the log has a barrier in its place, before anything else
            await().atMost(PATIENCE).until(() -> !installation.holds(cities, ROME));
            assertFound(service, "inbox");
            assertThat(installation.values(installation.topics().log()))
                    .extracting(LogRecord::event)
                    .filteredOn(Event.Invalidation.class::isInstance)
                    .extracting(event -> ((Event.Invalidation) event).target())
                    .contains(new Target.OfNamespace(cities));
        }
    }

    @Test
    void shouldDistrustEveryBucketWhenTheLogLostRecords() throws Exception {
        // given an invalidation that stood in the log and that nobody has expanded
        installation.runOnceAndLeave(cities, ROME);
        TopicSpec<LogRecord> log = installation.topics().log();
        installation.sendAll(log, routed());
        installation.expire(log);
        // when
        try (var service = installation.start()) {
            installation.heartbeat();
            // then
            await().atMost(PATIENCE)
                    .until(() ->
                            installation.markers(cities).values().stream()
                                    .noneMatch(marker -> marker.barrier().equals(Stamp.ZERO)));
            var rome = installation.read(cities, ROME);
            assertThat(requireNonNull(rome.entry()).header().stamp())
                    .matches(requireNonNull(rome.marker())::distrusts);
            assertFound(service, "log");
            assertThat(installation.values(installation.topics().evictions()))
                    .filteredOn(Eviction.Barrier.class::isInstance)
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void shouldTakeABeginningThatRetentionHasNotOvertakenForNoLoss() throws Exception {
        // given records that were all read before they were removed
        installation.runOnceAndLeave(cities, ROME);
        installation.expire(installation.topics().invalidations());
        installation.expire(installation.topics().log());
        // when
        try (var service = installation.start()) {
            installation.heartbeat();
            installation.invalidateKey(cities, new EntryKey("oslo"));
            // then
            await().atMost(PATIENCE)
                    .until(() ->
                            installation
                                            .begun(cities, new EntryKey("oslo"))
                                            .compareTo(Stamp.of(1, 1))
                                    > 0);
            assertThat(installation.holds(cities, ROME)).isTrue();
            assertThat(Installation.get(service, "health").body()).contains("\"losses\":{}");
        }
    }

    private List<LogRecord> routed() {
        var event =
                new Event.Invalidation(
                        "lost",
                        new Target.OfKey(cities, ROME),
                        Mode.HARD,
                        null,
                        Cause.of(Cause.Kind.KAFKA, null, null),
                        Instant.now());
        return List.of(new LogRecord(event, new InboxPosition(0, 1)));
    }
}
