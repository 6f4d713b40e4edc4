package io.freshet.engine.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.WarmOutcome;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.near.NearCache;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** D3: strategy refresh, on the node. */
class HotReloadsTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final NearCache near = new NearCache(1 << 24, () -> NOW);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<EntryKey, CompletableFuture<WarmOutcome>> loads = new LinkedHashMap<>();
    private final HotReloads reloads =
            new HotReloads(near, this::load, HotReloadsTest::partitionOf, Runnable::run, meters);

    @Test
    void shouldLoadAnEntryThatThisNodeHasACopyOf() {
        hold("1", "country:NL");

        reloads.inForce(1, Stamp.ZERO, refresh(key("1")));

        assertThat(loads.keySet()).containsExactly(new EntryKey("1"));
    }

    @Test
    void shouldLeaveAloneWhatNobodyHereAsksFor() {
        reloads.inForce(1, Stamp.ZERO, refresh(key("1")));

        assertThat(loads).isEmpty();
    }

    @Test
    void shouldLeaveAloneWhatIsOnlyInvalidated() {
        hold("1", "country:NL");

        reloads.inForce(1, Stamp.ZERO, record(key("1"), false));

        assertThat(loads).isEmpty();
    }

    @Test
    void shouldLoadThoseOfATagAndAPatternInThePartitionsWhoseRecordIsThere() {
        hold("1", "country:NL");
        hold("2", "country:NL");
        hold("3", "country:BE");
        hold("13", "country:BE");

        reloads.inForce(0, Stamp.ZERO, refresh(new Target.OfTag(CITIES, new Tag("country:NL"))));
        assertThat(loads.keySet()).containsExactly(new EntryKey("2"));

        reloads.inForce(1, Stamp.ZERO, refresh(new Target.OfPattern(CITIES, new KeyPattern("?3"))));
        assertThat(loads.keySet()).containsExactly(new EntryKey("2"), new EntryKey("13"));
    }

    @Test
    void shouldCountAnEntryAsHotAgainOnlyWhenItIsAskedForAgain() {
        hold("1", "country:NL");
        reloads.inForce(1, Stamp.ZERO, refresh(key("1")));
        hold("1", "country:NL");
        end("1", WarmOutcome.LOADED);
        loads.clear();

        reloads.inForce(1, Stamp.ZERO, refresh(key("1")));
        assertThat(loads).isEmpty();

        hold("1", "country:NL");
        reloads.inForce(1, Stamp.ZERO, refresh(key("1")));
        assertThat(loads).hasSize(1);
    }

    @Test
    void shouldNotLoadMoreThanAFewAtOnceNorAKeyThatWaitsTwice() {
        IntStream.range(0, 2 * HotReloads.AT_ONCE).forEach(i -> hold("1" + i, "country:NL"));
        var all = new Target.OfTag(CITIES, new Tag("country:NL"));

        for (int times = 0; times < 3; times++) {
            reloads.inForce(0, Stamp.ZERO, refresh(all));
            reloads.inForce(1, Stamp.ZERO, refresh(all));
        }
        assertThat(loads).hasSize(HotReloads.AT_ONCE);

        while (loads.values().stream().anyMatch(load -> !load.isDone())) {
            Map.copyOf(loads).values().forEach(load -> load.complete(WarmOutcome.LOADED));
        }
        assertThat(loads).hasSize(2 * HotReloads.AT_ONCE);
    }

    @Test
    void shouldCountWhatBecameOfIt() {
        hold("1", "country:NL");
        reloads.inForce(1, Stamp.ZERO, refresh(key("1")));
        end("1", WarmOutcome.FAILED);

        assertThat(meters.get("freshet.refresh.reloads").tag("outcome", "failed").counter().count())
                .isEqualTo(1);
    }

    private CompletableFuture<WarmOutcome> load(Namespace namespace, EntryKey key) {
        var load = new CompletableFuture<WarmOutcome>();
        loads.put(key, load);
        return load;
    }

    private void end(String key, WarmOutcome outcome) {
        loads.getOrDefault(new EntryKey(key), new CompletableFuture<>()).complete(outcome);
    }

    private void hold(String key, String tag) {
        near.put(
                CITIES,
                new EntryKey(key),
                new Entry(
                        EntryHeader.unloaded(
                                EntryHeader.Kind.VALUE,
                                Stamp.ZERO,
                                NOW,
                                NOW.plusSeconds(60),
                                Set.of(new Tag(tag))),
                        new byte[10]));
    }

    /** Odd keys in partition 1. */
    private static int partitionOf(Namespace namespace, EntryKey key) {
        return Integer.parseInt(key.value()) % 2;
    }

    private static Target key(String key) {
        return new Target.OfKey(CITIES, new EntryKey(key));
    }

    private static LogRecord refresh(Target target) {
        return record(target, true);
    }

    private static LogRecord record(Target target, boolean refresh) {
        return new LogRecord(
                new Event.Invalidation(
                        "1",
                        target,
                        Mode.HARD,
                        null,
                        Cause.of(Cause.Kind.CDC, "primary", "r"),
                        NOW,
                        null,
                        refresh),
                new InboxPosition(0, 1));
    }
}
