package io.freshet.engine.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NearCacheTest {

    private static final Namespace USERS = new Namespace("users");
    private static final Namespace CITIES = new Namespace("cities");
    private static final EntryKey ALICE = new EntryKey("alice");

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final NearCache near = cache(1 << 20);

    @Test
    void shouldGiveBackWhatWasPut() {
        // given
        Entry entry = entry(100, Duration.ofMinutes(1));

        // when
        near.put(USERS, ALICE, entry);

        // then
        assertThat(near.get(USERS, ALICE)).isSameAs(entry);
        assertThat(near.get(CITIES, ALICE)).isNull();
    }

    @Test
    void shouldHoldNothingPastItsTtl() {
        // given
        near.put(USERS, ALICE, entry(100, Duration.ofMinutes(1)));
        Entry longer = entry(100, Duration.ofMinutes(2));
        near.put(CITIES, ALICE, longer);

        // when
        pass(Duration.ofMinutes(1));

        // then
        assertThat(near.get(USERS, ALICE)).isNull();
        assertThat(near.get(CITIES, ALICE)).isEqualTo(longer);
    }

    @Test
    void shouldTakeTheExpiryOfTheEntryThatReplacesAnother() {
        // given
        near.put(USERS, ALICE, entry(100, Duration.ofMinutes(1)));
        near.put(USERS, ALICE, entry(100, Duration.ofMinutes(9)));

        // when
        pass(Duration.ofMinutes(5));

        // then
        assertThat(near.get(USERS, ALICE)).isNotNull();
    }

    @Test
    void shouldNotHoldWhatHasExpiredAlready() {
        // when
        near.put(USERS, ALICE, entry(100, Duration.ofSeconds(-1)));

        // then
        assertThat(near.get(USERS, ALICE)).isNull();
    }

    @Test
    void shouldStayWithinItsBytes() {
        // given
        NearCache small = cache(100_000);

        // when
        for (int i = 0; i < 1_000; i++) {
            small.put(USERS, new EntryKey("k" + i), entry(1_000, Duration.ofMinutes(1)));
        }

        // then
        assertThat(small.stats().bytes()).isBetween(50_000L, 100_000L);
        assertThat(small.stats().entries()).isLessThan(100);
        assertThat(small.stats().evictions()).isGreaterThan(900);
    }

    @Test
    void shouldNotTakeWhatIsLargerThanItself() {
        // given
        NearCache small = cache(10_000);

        // when
        small.put(USERS, ALICE, entry(20_000, Duration.ofMinutes(1)));

        // then
        assertThat(small.get(USERS, ALICE)).isNull();
    }

    @Test
    void shouldDropOneKeyOrANamespace() {
        // given
        EntryKey bob = new EntryKey("bob");
        near.put(USERS, ALICE, entry(1, Duration.ofMinutes(1)));
        near.put(USERS, bob, entry(1, Duration.ofMinutes(1)));
        near.put(CITIES, ALICE, entry(1, Duration.ofMinutes(1)));

        // when
        near.drop(USERS, ALICE);

        // then
        assertThat(near.get(USERS, ALICE)).isNull();
        assertThat(near.get(USERS, bob)).isNotNull();

        // and when
        near.dropNamespace(USERS);

        // then
        assertThat(near.get(USERS, bob)).isNull();
        assertThat(near.get(CITIES, ALICE)).isNotNull();
    }

    @Test
    void shouldBeLookedAtWithoutCountingIt() {
        // given
        Entry entry = entry(100, Duration.ofMinutes(1));
        near.put(USERS, ALICE, entry);

        // when
        Entry seen = near.peek(USERS, ALICE);

        // then
        assertThat(seen).isSameAs(entry);
        assertThat(near.stats().hits()).isZero();
        pass(Duration.ofMinutes(1));
        assertThat(near.peek(USERS, ALICE)).isNull();
    }

    @Test
    void shouldCountWhatItDoes() {
        // given
        var meters = new SimpleMeterRegistry();
        new NearMetrics(near).bindTo(meters);
        near.put(USERS, ALICE, entry(1_000, Duration.ofMinutes(1)));

        // when
        near.get(USERS, ALICE);
        near.get(CITIES, ALICE);

        // then
        NearStats stats = near.stats();
        assertThat(stats.hits()).isOne();
        assertThat(stats.misses()).isOne();
        assertThat(stats.entries()).isOne();
        assertThat(stats.bytes()).isBetween(1_000L, 2_000L);
        assertThat(meters.get("cache.size.bytes").tag("tier", "l1").gauge().value())
                .isEqualTo((double) stats.bytes());
    }

    private NearCache cache(long maxBytes) {
        return new NearCache(maxBytes, now::get, () -> now.get().toEpochMilli() * 1_000_000);
    }

    private void pass(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    private Entry entry(int bytes, Duration ttl) {
        Instant expiry = now.get().plus(ttl);
        return new Entry(
                EntryHeader.unloaded(
                        Kind.VALUE, Stamp.of(0, 1), now.get(), expiry, Set.of(new Tag("a"))),
                new byte[bytes]);
    }
}
