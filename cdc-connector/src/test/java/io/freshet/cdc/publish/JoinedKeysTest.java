package io.freshet.cdc.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.topic.Partitioning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which invalidations of a transaction share a record. */
class JoinedKeysTest {

    private static final Namespace USERS = new Namespace("users");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Partitioning PARTITIONING = new Partitioning(4, 64);

    private final JoinedKeys joined = new JoinedKeys(PARTITIONING);
    private final List<Event.Invalidation> sent = new ArrayList<>();

    @Test
    void shouldShareARecordAmongTheKeysOfAPartition() {
        // when
        IntStream.range(0, 100).forEach(i -> add(key("k" + i, "rule")));
        rest();

        // then
        assertThat(sent).hasSize(4).allSatisfy(event -> assertThat(partitionsOf(event)).hasSize(1));
        assertThat(sent)
                .flatExtracting(Event.Invalidation::each)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> key("k" + i, "rule")).toList());
    }

    @Test
    void shouldLeaveASingleKeyAsItIs() {
        // when
        add(key("k", "rule"));
        add(key("k", "rule"));
        rest();

        // then
        assertThat(sent).containsExactly(key("k", "rule"));
    }

    @Test
    void shouldKeepApartWhatDiffersInAnythingElse() {
        // when
        var soft =
                new Event.Invalidation(
                        null, key("k", "a").target(), Mode.SOFT, new Lsn(7), cause("a"), NOW);
        add(key("k", "a"));
        add(key("k", "b"));
        add(soft);
        rest();

        // then
        assertThat(sent).containsExactlyInAnyOrder(key("k", "a"), key("k", "b"), soft);
    }

    @Test
    void shouldSendAtOnceWhatIsOfNoKeyOrBringsARow() {
        // when
        Event.Invalidation tag = key("k", "a").about(new Target.OfTag(USERS, new Tag("t")));
        var row =
                new Event.Invalidation(
                        null,
                        new Target.OfKey(USERS, new EntryKey("k")),
                        Mode.HARD,
                        new Lsn(7),
                        cause("a"),
                        NOW,
                        new NewRow("{}", Set.of()));
        add(tag);
        add(row);

        // then
        assertThat(sent).containsExactly(tag, row);
        assertThat(joined.rest()).isEmpty();
    }

    @Test
    void shouldSendAFullRecordAndBeginAnother() {
        // when
        IntStream.range(0, 10_000).forEach(i -> add(key("k" + i, "rule")));
        int early = sent.size();
        rest();

        // then
        assertThat(early).isGreaterThan(10_000 / JoinedKeys.MOST - 4);
        assertThat(sent)
                .allSatisfy(event ->
                        assertThat(event.each()).hasSizeLessThanOrEqualTo(JoinedKeys.MOST));
        assertThat(sent).flatExtracting(Event.Invalidation::each).hasSize(10_000);
    }

    @Test
    void shouldStayBelowWhatTheRouterTakesAtLeast() {
        // when
        String longest = "\u6f22".repeat(150);
        IntStream.range(0, 200).forEach(i -> add(key(longest + i, "rule")));
        rest();

        // then
        assertThat(sent)
                .allSatisfy(event ->
                        assertThat(Codecs.EVENT.encode(event).length).isLessThan(16 * 1024));
        assertThat(sent).flatExtracting(Event.Invalidation::each).hasSize(200);
    }

    private void add(Event.Invalidation event) {
        sent.addAll(joined.add(event));
    }

    private void rest() {
        sent.addAll(joined.rest());
    }

    private static Set<Integer> partitionsOf(Event.Invalidation event) {
        return Set.copyOf(
                event.target().each().stream()
                        .map(Target.OfKey.class::cast)
                        .map(one -> PARTITIONING.partitionOf(USERS, one.key()))
                        .toList());
    }

    private static Event.Invalidation key(String key, String rule) {
        return new Event.Invalidation(
                null,
                new Target.OfKey(USERS, new EntryKey(key)),
                Mode.HARD,
                new Lsn(7),
                cause(rule),
                NOW);
    }

    private static Cause cause(String rule) {
        return new Cause(Cause.Kind.CDC, "primary", 4711L, rule);
    }
}
