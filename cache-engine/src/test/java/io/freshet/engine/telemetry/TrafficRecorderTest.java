package io.freshet.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.Traffic.HotKey;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficRecorderTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final EntryKey PARIS = new EntryKey("paris");
    private static final EntryKey ROME = new EntryKey("rome");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TrafficRecorder recorder = new TrafficRecorder("node-1");

    @Test
    void shouldTellTotalsAndHotKeysOfEachNamespace() {
        // given
        recorder.miss(CITIES, PARIS);
        recorder.redisHit(CITIES, PARIS);
        recorder.nearHit(CITIES, PARIS);
        recorder.nearHit(CITIES, ROME);

        // when
        var seen = recorder.drain(NOON, SECOND);

        // then
        assertThat(seen)
                .containsExactly(
                        new Traffic(
                                "node-1",
                                CITIES,
                                NOON,
                                SECOND,
                                2,
                                1,
                                1,
                                List.of(new HotKey(PARIS, 2, 1), new HotKey(ROME, 1, 0))));
    }

    @Test
    void shouldBeginAnewAndStaySilentWithoutTraffic() {
        // given
        recorder.miss(CITIES, PARIS);
        recorder.drain(NOON, SECOND);

        // when
        var seen = recorder.drain(NOON.plus(SECOND), SECOND);

        // then
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldTellWhatLoadsTook() {
        // given
        recorder.loaded(CITIES, Duration.ofMillis(3));
        recorder.loaded(CITIES, Duration.ofMillis(4));

        // when
        Traffic seen = recorder.drain(NOON, SECOND).getFirst();

        // then
        assertThat(seen.loads()).isEqualTo(new Traffic.Loads(2, Duration.ofMillis(7)));
        assertThat(recorder.drain(NOON, SECOND)).isEmpty();
    }

    @Test
    void shouldFindTheTopAmongAMillionKeysAndTellNoMoreThanItsBound() {
        // given: every 8th request is for one of 32 keys, the others are for keys of their own.
        for (int i = 0; i < 1_200_000; i++) {
            recorder.miss(CITIES, new EntryKey(i % 8 == 0 ? "top" + i / 8 % 32 : "k" + i));
        }

        // when
        Traffic seen = recorder.drain(NOON, SECOND).getFirst();

        // then
        assertThat(seen.misses()).isEqualTo(1_200_000);
        assertThat(seen.hot()).hasSizeLessThanOrEqualTo(256);
        assertThat(seen.hot().stream().limit(32).map(hot -> hot.key().value()))
                .allMatch(key -> key.startsWith("top"))
                .doesNotHaveDuplicates();
        assertThat(Codecs.TRAFFIC.encode(seen)).hasSizeLessThan(256 * 64);
    }

    @Test
    void shouldTellAtMostTwoHundredFiftySixHotKeys() {
        // given
        IntStream.range(0, 2000).forEach(i -> recorder.miss(CITIES, new EntryKey("k" + i)));

        // when
        var seen = recorder.drain(NOON, SECOND);

        // then
        assertThat(seen.getFirst().hot()).hasSize(256);
        assertThat(seen.getFirst().misses()).isEqualTo(2000);
    }

    @Test
    void shouldSampleAFloodAndStillCountItWhole() {
        // given
        flood(100_000);
        recorder.drain(NOON, SECOND);
        flood(100_000);

        // when
        Traffic seen = recorder.drain(NOON.plus(SECOND), SECOND).getFirst();

        // then
        assertThat(seen.nearHits()).isEqualTo(100_000);
        assertThat(seen.hot().getFirst().key()).isEqualTo(PARIS);
        // One in 16: five standard errors are below 6 %.
        assertThat((double) seen.hot().getFirst().hits()).isBetween(94_000.0, 106_000.0);
        assertThat(seen.hot().getFirst().hits() % 16).isZero();
    }

    @Test
    void shouldLoseNothingToThreadsThatRecordWhileItIsDrained() throws Exception {
        // given
        var threads =
                IntStream.range(0, 4)
                        .mapToObj(_ -> Thread.ofPlatform().start(() -> flood(50_000)))
                        .toList();
        long total = 0;

        // when
        while (threads.stream().anyMatch(Thread::isAlive)) {
            total += nearHits(recorder.drain(NOON, SECOND));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        total += nearHits(recorder.drain(NOON, SECOND));

        // then
        assertThat(total).isEqualTo(200_000);
    }

    private void flood(int requests) {
        for (int i = 0; i < requests; i++) {
            recorder.nearHit(CITIES, PARIS);
        }
    }

    private static long nearHits(List<Traffic> seen) {
        return seen.stream().mapToLong(Traffic::nearHits).sum();
    }
}
