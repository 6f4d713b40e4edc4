package io.freshet.warmer.popularity;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.Traffic.HotKey;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class PopularityTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EntryKey PARIS = new EntryKey("paris");
    private static final EntryKey LIMA = new EntryKey("lima");

    private final Popularity popularity =
            new Popularity(100, 2, Duration.ofHours(1), InstantSource.fixed(NOW));

    @Test
    void shouldAddUpHitsAndMissesOfAllNodes() {
        popularity.add(
                traffic("a", "cities", NOW, new HotKey(PARIS, 5, 0), new HotKey(LIMA, 4, 0)));

        popularity.add(traffic("b", "cities", NOW, new HotKey(LIMA, 0, 2)));

        assertThat(popularity.top(new Namespace("cities"), 10)).containsExactly(LIMA, PARIS);
    }

    @Test
    void shouldKeepNamespacesApart() {
        popularity.add(traffic("a", "cities", NOW, new HotKey(PARIS, 5, 0)));

        List<EntryKey> other = popularity.top(new Namespace("users"), 10);

        assertThat(other).isEmpty();
    }

    @Test
    void shouldNotBelieveTimesInTheFuture() {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        popularity.add(traffic("fast", "cities", tomorrow, new HotKey(PARIS, 1, 0)));

        popularity.add(traffic("right", "cities", NOW, new HotKey(LIMA, 2, 0)));

        assertThat(popularity.top(new Namespace("cities"), 1)).containsExactly(LIMA);
    }

    @Test
    void shouldForgetTheNamespaceThatWasSilentLongest() {
        popularity.add(traffic("a", "first", NOW, new HotKey(PARIS, 1, 0)));
        popularity.add(traffic("a", "second", NOW, new HotKey(PARIS, 1, 0)));
        popularity.add(traffic("a", "first", NOW, new HotKey(PARIS, 1, 0)));

        popularity.add(traffic("a", "third", NOW, new HotKey(PARIS, 1, 0)));

        assertThat(popularity.top(new Namespace("second"), 1)).isEmpty();
        assertThat(popularity.top(new Namespace("first"), 1)).containsExactly(PARIS);
        assertThat(popularity.top(new Namespace("third"), 1)).containsExactly(PARIS);
    }

    private static Traffic traffic(String node, String namespace, Instant at, HotKey... hot) {
        return new Traffic(
                node, new Namespace(namespace), at, Duration.ofSeconds(10), 0, 0, 0, List.of(hot));
    }
}
