package io.freshet.stream.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** D5: what shares a row of the audit. */
class AuditBatchTest {

    private static final Namespace USERS = new Namespace("users");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AuditBatch batch = new AuditBatch(1);
    private long position;

    @Test
    void shouldGiveARowToEachInvalidation() {
        // when
        add(key("a", null));
        add(tag("t"));
        add(new Event.Heartbeat("primary", new Lsn(1), NOW));
        add(key("a", null));

        // then
        assertThat(batch.rows())
                .extracting(AuditRow::type, AuditRow::targets, row -> row.first().position())
                .containsExactly(
                        tuple("key", List.of("a"), 1L),
                        tuple("tag", List.of("t"), 2L),
                        tuple("key", List.of("a"), 4L));
    }

    @Test
    void shouldShareARowAmongTheKeysOfATransaction() {
        // when
        IntStream.range(0, 1_000).forEach(i -> add(key("k" + i, 7L)));
        add(key("other", 8L));

        // then
        assertThat(batch.rows()).extracting(AuditRow::count).containsExactly(1_000L, 1L);
        AuditRow first = batch.rows().getFirst();
        assertThat(first.targets()).hasSize(AuditBatch.SAMPLE).startsWith("k0", "k1");
        assertThat(first.last().position()).isEqualTo(1_000L);
    }

    @Test
    void shouldCountAndNameTheKeysOfARecord() {
        // when
        add(
                key("a", 7L)
                        .about(
                                new Target.OfKeys(
                                        USERS, List.of(new EntryKey("b"), new EntryKey("c")))));
        add(key("a", 7L));

        // then
        assertThat(batch.rows())
                .extracting(AuditRow::type, AuditRow::targets, AuditRow::count)
                .containsExactly(tuple("key", List.of("b", "c", "a"), 3L));
    }

    @Test
    void shouldBoundTheRowsOfAStormWithoutTransactions() {
        // when
        IntStream.range(0, 5_000).forEach(i -> add(key("k" + i, null)));

        // then
        assertThat(batch.rows()).hasSize(AuditBatch.CROWD + 1);
        assertThat(batch.rows().stream().mapToLong(AuditRow::count).sum()).isEqualTo(5_000);
    }

    @Test
    void shouldCountAScopeInOnePartition() {
        // when
        batch.add(NOW, Stamp.of(1, 1), new LogRecord(tag("t"), new InboxPosition(0, 5)));
        batch.add(NOW, Stamp.of(1, 2), new LogRecord(tag("t"), new InboxPosition(1, 5)));

        // then
        assertThat(batch.rows()).extracting(AuditRow::leads).containsExactly(false, true);
    }

    private void add(Event event) {
        position++;
        batch.add(NOW, Stamp.of(1, position), new LogRecord(event, new InboxPosition(1, position)));
    }

    private static Event.Invalidation key(String key, @Nullable Long transaction) {
        var cause = new Cause(Cause.Kind.CDC, "primary", transaction, "rule of users");
        return new Event.Invalidation(
                null, new Target.OfKey(USERS, new EntryKey(key)), Mode.HARD, null, cause, NOW);
    }

    private static Event tag(String tag) {
        return new Event.Invalidation(
                null,
                new Target.OfTag(USERS, new Tag(tag)),
                Mode.HARD,
                null,
                Cause.of(Cause.Kind.REST, "node", "api-token"),
                NOW);
    }
}
