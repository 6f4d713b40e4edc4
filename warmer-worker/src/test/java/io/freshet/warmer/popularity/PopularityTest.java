package io.freshet.warmer.popularity;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.PopularityRecord;
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
    private long next;

    @Test
    void shouldAddUpHitsAndMissesOfAllNodes() {
        hear(traffic("a", "cities", NOW, new HotKey(PARIS, 5, 0), new HotKey(LIMA, 4, 0)));

        hear(traffic("b", "cities", NOW, new HotKey(LIMA, 0, 2)));

        assertThat(popularity.top(new Namespace("cities"), 10)).containsExactly(LIMA, PARIS);
    }

    @Test
    void shouldKeepNamespacesApart() {
        hear(traffic("a", "cities", NOW, new HotKey(PARIS, 5, 0)));

        List<EntryKey> other = popularity.top(new Namespace("users"), 10);

        assertThat(other).isEmpty();
    }

    @Test
    void shouldNotBelieveTimesInTheFuture() {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        hear(traffic("fast", "cities", tomorrow, new HotKey(PARIS, 1, 0)));

        hear(traffic("right", "cities", NOW, new HotKey(LIMA, 2, 0)));

        assertThat(popularity.top(new Namespace("cities"), 1)).containsExactly(LIMA);
    }

    @Test
    void shouldForgetTheNamespaceThatWasSilentLongest() {
        hear(traffic("a", "first", NOW, new HotKey(PARIS, 1, 0)));
        hear(traffic("a", "second", NOW, new HotKey(PARIS, 1, 0)));
        hear(traffic("a", "first", NOW, new HotKey(PARIS, 1, 0)));

        hear(traffic("a", "third", NOW, new HotKey(PARIS, 1, 0)));

        assertThat(popularity.top(new Namespace("second"), 1)).isEmpty();
        assertThat(popularity.top(new Namespace("first"), 1)).containsExactly(PARIS);
        assertThat(popularity.top(new Namespace("third"), 1)).containsExactly(PARIS);
    }

    @Test
    void shouldTakeNoQuestionForASignOfLife() {
        hear(traffic("a", "silent", NOW, new HotKey(PARIS, 1, 0)));
        hear(traffic("a", "read", NOW, new HotKey(PARIS, 1, 0)));
        popularity.top(new Namespace("silent"), 1);

        hear(traffic("a", "third", NOW, new HotKey(PARIS, 1, 0)));

        assertThat(popularity.top(new Namespace("silent"), 1)).isEmpty();
        assertThat(popularity.top(new Namespace("read"), 1)).containsExactly(PARIS);
    }

    @Test
    void shouldKnowAfterARestartWhatItSaved() {
        // given: some was saved, some was heard after that.
        hear(traffic("a", "cities", NOW, new HotKey(PARIS, 5, 0), new HotKey(LIMA, 3, 0)));
        List<PopularityRecord> saved = popularity.unsaved(0);
        Traffic later = traffic("a", "cities", NOW, new HotKey(LIMA, 4, 0));
        hear(later);

        // when: the telemetry is heard again from where it was saved, and from before that.
        var restarted = new Popularity(100, 2, Duration.ofHours(1), InstantSource.fixed(NOW));
        saved.forEach(record -> restarted.restore(0, record));
        long from = restarted.through().getOrDefault(0, -1L);
        restarted.add(0, from - 1, traffic("a", "cities", NOW, new HotKey(PARIS, 5, 0)));
        restarted.add(0, from, later);

        // then
        assertThat(from).isEqualTo(1);
        assertThat(restarted.top(new Namespace("cities"), 10))
                .isEqualTo(popularity.top(new Namespace("cities"), 10))
                .containsExactly(LIMA, PARIS);
    }

    @Test
    void shouldSaveOnlyWhatHasChangedAndOnlyOfItsPartition() {
        popularity.add(0, 7, traffic("a", "first", NOW, new HotKey(PARIS, 1, 0)));
        popularity.add(1, 9, traffic("a", "second", NOW, new HotKey(PARIS, 1, 0)));

        List<PopularityRecord> saved = popularity.unsaved(1);

        assertThat(saved).last().isEqualTo(new PopularityRecord.Progress(10));
        assertThat(saved)
                .filteredOn(PopularityRecord.Slice.class::isInstance)
                .extracting(PopularityRecord::recordKey)
                .allMatch(key -> key.startsWith("second/"));
        assertThat(popularity.unsaved(1)).isEmpty();
    }

    @Test
    void shouldLetWhatItSavedDecay() {
        popularity.add(0, 0, traffic("a", "cities", NOW, new HotKey(PARIS, 8, 0)));
        List<PopularityRecord> saved = popularity.unsaved(0);
        Instant later = NOW.plus(Duration.ofHours(2));
        var restarted = new Popularity(100, 2, Duration.ofHours(1), InstantSource.fixed(later));
        saved.forEach(record -> restarted.restore(0, record));

        restarted.add(0, 1, traffic("a", "cities", later, new HotKey(LIMA, 3, 0)));

        assertThat(restarted.top(new Namespace("cities"), 10)).containsExactly(LIMA, PARIS);
    }

    private void hear(Traffic traffic) {
        popularity.add(0, next++, traffic);
    }

    private static Traffic traffic(String node, String namespace, Instant at, HotKey... hot) {
        return new Traffic(
                node, new Namespace(namespace), at, Duration.ofSeconds(10), 0, 0, 0, List.of(hot));
    }
}
