package io.freshet.stream.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionApplierTest {

    private static final Partitioning PARTITIONING = new Partitioning(2, 8);
    private static final int PARTITION = 1;
    private static final Namespace CITIES = new Namespace("cities");
    private static final Namespace USERS = new Namespace("users");

    private final MemoryTarget store = new MemoryTarget();
    private final Recorder observer = new Recorder();
    private final PartitionApplier applier = newApplier();
    private Optional<Set<Namespace>> catalog = Optional.of(Set.of(CITIES));
    private final List<Positioned> topic = new ArrayList<>();

    private static final class Recorder implements ApplierObserver {
        private int removed;
        private int marked;
        private final List<Long> rewinds = new ArrayList<>();
        private int vanished;
        private int expired;
        private int ahead;
        private int serverChanges;

        @Override
        public void applied(int removed, int marked, int written) {
            this.removed += removed;
            this.marked += marked;
        }

        @Override
        public void rewound(Namespace namespace, int bucket, long toOffset) {
            rewinds.add(toOffset);
        }

        @Override
        public void vanished(Namespace namespace, int bucket) {
            vanished++;
        }

        @Override
        public void expired(Namespace namespace, int bucket, long needed, long first) {
            expired++;
        }

        @Override
        public void ahead(Namespace namespace, int bucket, long next, long end) {
            ahead++;
        }

        @Override
        public void serversChanged(Set<String> before, Set<String> now) {
            serverChanges++;
        }
    }

    private PartitionApplier newApplier() {
        return new PartitionApplier(PARTITION, PARTITIONING, store, observer);
    }

    private static Stamp at(long position) {
        return Stamp.of(1, position);
    }

    /** The n-th key of the bucket. */
    private static EntryKey keyIn(int bucket, int n) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> new EntryKey("city" + i))
                .filter(key -> PARTITIONING.bucketOf(CITIES, key) == bucket)
                .skip(n)
                .findFirst()
                .orElseThrow();
    }

    private Positioned evict(long killsBelow, EntryKey... keys) {
        return write(
                new Eviction.Keys(
                        CITIES, List.of(keys), Mode.HARD, at(killsBelow), at(killsBelow)));
    }

    private Positioned progress(long through) {
        return write(new Eviction.Progress(at(through)));
    }

    private Positioned write(Eviction eviction) {
        var record = new Positioned(topic.size(), eviction);
        topic.add(record);
        return record;
    }

    private Extent extent() {
        return new Extent(0, topic.size(), OptionalLong.empty(), at(1_000));
    }

    private void start() {
        applier.start(extent(), () -> catalog);
        applier.follow(() -> catalog);
    }

    private Marker marker(int bucket) {
        return Optional.ofNullable(store.marker(CITIES, bucket)).orElseThrow();
    }

    /** Reads on until there is nothing left, wherever the applier wants to read. */
    private void readOn() {
        for (int turn = 0; applier.position() < topic.size(); turn++) {
            assertThat(turn).as("turns").isLessThan(100);
            applier.apply(topic.subList((int) applier.position(), topic.size()));
        }
    }

    @Test
    void shouldGiveMarkersToTheBucketsOfItsPartitionOnly() {
        // when
        start();
        // then
        assertThat(marker(1)).isEqualTo(new Marker(Stamp.ZERO, Stamp.ZERO, 0));
        assertThat(marker(7)).isNotNull();
        assertThat(store.marker(CITIES, 0)).isNull();
        assertThat(store.marker(CITIES, 2)).isNull();
    }

    @Test
    void shouldEvictAndMoveTheMarkerOfTheBucket() {
        // given
        start();
        store.fill(CITIES, 1, keyIn(1, 0), at(1));
        store.fill(CITIES, 1, keyIn(1, 1), at(1));
        store.fill(CITIES, 3, keyIn(3, 0), at(1));
        evict(2, keyIn(1, 0), keyIn(3, 0));
        // when
        readOn();
        // then
        assertThat(store.holds(keyIn(1, 0))).isFalse();
        assertThat(store.holds(keyIn(1, 1))).isTrue();
        assertThat(store.holds(keyIn(3, 0))).isFalse();
        assertThat(marker(1)).isEqualTo(new Marker(at(2), at(2), 1));
        assertThat(marker(5)).isEqualTo(new Marker(Stamp.ZERO, Stamp.ZERO, 0));
        assertThat(observer.removed).isEqualTo(2);
    }

    @Test
    void shouldMoveTheMarkersOfIdleBucketsWithoutRaisingBegun() {
        // given
        start();
        evict(2, keyIn(1, 0));
        progress(7);
        readOn();
        // when
        applier.moveIdle();
        // then
        assertThat(marker(5)).isEqualTo(new Marker(Stamp.ZERO, at(7), 2));
        assertThat(marker(1)).isEqualTo(new Marker(at(2), at(7), 2));
    }

    @Test
    void shouldReadAgainWhatAFailoverLost() {
        // given a failover that forgets an eviction and brings back what it removed
        start();
        store.fill(CITIES, 1, keyIn(1, 0), at(1));
        var past = store.state();
        evict(2, keyIn(1, 0));
        readOn();
        store.failOverTo(past);
        evict(3, keyIn(1, 1));
        // when
        readOn();
        // then
        assertThat(store.holds(keyIn(1, 0))).isFalse();
        assertThat(observer.rewinds).containsExactly(0L);
        assertThat(marker(1).applied()).isEqualTo(at(3));
    }

    @Test
    void shouldFindAFailoverInAnIdleBucket() {
        // given
        start();
        store.fill(CITIES, 1, keyIn(1, 0), at(1));
        var past = store.state();
        evict(2, keyIn(1, 0));
        readOn();
        store.failOverTo(past);
        // when
        Step step = applier.moveIdle();
        // then
        assertThat(step).isEqualTo(new Step.Rewind(0));
        readOn();
        assertThat(store.holds(keyIn(1, 0))).isFalse();
    }

    @Test
    void shouldNotClaimMoreThanWasReadAgain() {
        // given a bucket that lost two evictions
        start();
        var past = store.state();
        evict(2, keyIn(1, 0));
        evict(9, keyIn(1, 1));
        readOn();
        store.failOverTo(past);
        applier.moveIdle();
        // when only the first is read again
        applier.apply(topic.subList(0, 1));
        // then
        assertThat(marker(1)).isEqualTo(new Marker(at(2), at(2), 1));
    }

    @Test
    void shouldGiveABucketThatIsBehindNothingBeforeWhatItMissed() {
        // given a rewind that is found out while another bucket does not answer
        start();
        store.fill(CITIES, 1, keyIn(1, 0), at(1));
        var past = store.state();
        evict(2, keyIn(1, 0));
        readOn();
        store.failOverTo(past);
        evict(3, keyIn(1, 1), keyIn(3, 0));
        store.answerOnly(1);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::readOn);
        store.answer();
        // when
        readOn();
        // then
        assertThat(store.holds(keyIn(1, 0))).isFalse();
    }

    @Test
    void shouldGoOnWhereItWasAfterTheStoreDidNotAnswer() {
        // given
        start();
        store.fill(CITIES, 1, keyIn(1, 0), at(1));
        store.fill(CITIES, 3, keyIn(3, 0), at(1));
        evict(2, keyIn(1, 0), keyIn(3, 0));
        store.answerOnly(1);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::readOn);
        store.answer();
        // when
        readOn();
        // then
        assertThat(store.holds(keyIn(1, 0))).isFalse();
        assertThat(store.holds(keyIn(3, 0))).isFalse();
        assertThat(applier.position()).isOne();
        assertThat(observer.rewinds).isEmpty();
    }

    @Test
    void shouldInitialiseAVanishedBucketAboveEverythingItMissed() {
        // given
        start();
        evict(5, keyIn(1, 0));
        readOn();
        store.loseEverything();
        // when
        applier.moveIdle();
        // then a fill from before that eviction comes too late
        assertThat(observer.vanished).isEqualTo(4);
        assertThat(marker(1)).isEqualTo(new Marker(at(5), at(5), 1));
        assertThat(store.fill(CITIES, 1, keyIn(1, 0), at(4))).isFalse();
        assertThat(store.fill(CITIES, 1, keyIn(1, 0), at(5))).isTrue();
    }

    @Test
    void shouldInitialiseNewNamespacesWhereItIs() {
        // given
        start();
        evict(5, keyIn(1, 0));
        readOn();
        catalog = Optional.of(Set.of(CITIES, USERS));
        // when
        applier.follow(() -> catalog);
        // then
        assertThat(store.marker(USERS, 1)).isEqualTo(new Marker(at(5), at(5), 1));
    }

    @Test
    void shouldLetGoOfNamespacesThatAreNoMore() {
        // given
        start();
        catalog = Optional.of(Set.of());
        applier.follow(() -> catalog);
        store.loseEverything();
        evict(5, keyIn(1, 0));
        // when
        readOn();
        applier.moveIdle();
        // then
        assertThat(store.marker(CITIES, 1)).isNull();
        assertThat(observer.vanished).isZero();
    }

    @Test
    void shouldStartFromTheSmallestOffsetOfItsBuckets() {
        // given
        for (int i = 1; i <= 10; i++) {
            progress(i);
        }
        store.put(CITIES, 1, new Marker(Stamp.ZERO, at(4), 4));
        store.put(CITIES, 3, new Marker(Stamp.ZERO, at(8), 8));
        // when
        long from = applier.start(extent(), () -> catalog);
        // then one record earlier, to know the position
        assertThat(from).isEqualTo(3);
    }

    @Test
    void shouldKnowThePositionBeforeItInitialises() {
        // given a store without any marker and a group that has left off at the end
        for (int i = 1; i <= 10; i++) {
            progress(i);
        }
        applier.start(new Extent(0, 10, OptionalLong.of(10), at(1_000)), () -> catalog);
        applier.follow(() -> catalog);
        assertThat(store.marker(CITIES, 1)).isNull();
        // when
        readOn();
        // then
        assertThat(marker(1)).isEqualTo(new Marker(at(10), at(10), 10));
    }

    @Test
    void shouldAdoptNamespacesWithMarkersWhileTheCatalogIsUnknown() {
        // given
        catalog = Optional.empty();
        store.put(CITIES, 1, new Marker(Stamp.ZERO, Stamp.ZERO, 0));
        store.fill(CITIES, 1, keyIn(1, 0), at(1));
        evict(2, keyIn(1, 0));
        write(new Eviction.Keys(USERS, List.of(new EntryKey("u")), Mode.HARD, at(3), at(3)));
        start();
        // when
        readOn();
        // then
        assertThat(store.holds(keyIn(1, 0))).isFalse();
        assertThat(IntStream.range(0, 8).mapToObj(bucket -> store.marker(USERS, bucket)))
                .containsOnlyNulls();
    }

    @Test
    void shouldGoBackForANamespaceThatItLearnsOfLate() {
        // given
        catalog = Optional.empty();
        store.put(CITIES, 1, new Marker(Stamp.ZERO, Stamp.ZERO, 2));
        for (int i = 1; i <= 5; i++) {
            progress(i);
        }
        start();
        readOn();
        catalog = Optional.of(Set.of(CITIES));
        // when
        Step step = applier.follow(() -> catalog);
        // then
        assertThat(step).isEqualTo(new Step.Rewind(2));
    }

    @Test
    void shouldSayWhatRetentionHasLost() {
        // given
        store.put(CITIES, 1, new Marker(at(1), at(1), 3));
        // when
        long from = applier.start(new Extent(50, 60, OptionalLong.empty(), at(99)), () -> catalog);
        // then
        assertThat(from).isEqualTo(50);
        assertThat(observer.expired).isOne();
    }

    @Test
    void shouldTrustNoEntryWhoseEvictionRetentionHasLost() {
        // given an entry that was evicted at 2, by a record that is gone
        store.put(CITIES, 1, new Marker(at(1), at(1), 3));
        store.fill(CITIES, 1, keyIn(1, 0), at(1));
        // when
        applier.start(new Extent(50, 60, OptionalLong.empty(), at(99)), () -> catalog);
        // then the bucket says so in the step that moves its marker
        assertThat(marker(1)).isEqualTo(new Marker(at(99), at(1), 50, at(99)));
        assertThat(marker(1).distrusts(at(98))).isTrue();
        assertThat(marker(1).distrusts(at(99))).isFalse();
    }

    @Test
    void shouldTrustNoEntryWhenABucketFallsFurtherBackWhileItIsMovedOn() {
        // given a failover in the middle of moving on
        start();
        var past = store.state();
        evict(2, keyIn(1, 0));
        evict(3, keyIn(1, 0));
        readOn();
        applier.moveIdle();
        store.failOverTo(past);
        // when
        applier.skipTo(50, at(99));
        // then
        assertThat(marker(1)).isEqualTo(new Marker(at(99), Stamp.ZERO, 50, at(99)));
    }

    @Test
    void shouldTrustNoEntryThatIsOlderThanALossInTheLog() {
        // given
        start();
        store.fill(CITIES, 1, keyIn(1, 0), at(1));
        evict(2, keyIn(3, 0));
        write(new Eviction.Barrier(at(40)));
        evict(41, keyIn(5, 0));
        // when
        readOn();
        // then in every bucket, those too for which nothing came
        assertThat(marker(1)).isEqualTo(new Marker(at(40), at(41), 3, at(40)));
        assertThat(marker(3)).isEqualTo(new Marker(at(40), at(41), 3, at(40)));
        assertThat(marker(5)).isEqualTo(new Marker(at(41), at(41), 3, at(40)));
    }

    @Test
    void shouldEvictWhatWasPutBeforeTheBucketHasItsMarkerBack() {
        // given a put into a bucket that lost its marker, and an invalidation of it
        start();
        store.loseEverything();
        store.put(keyIn(1, 0), at(1));
        evict(2, keyIn(1, 0));
        // when
        readOn();
        // then the new marker vouches for nothing that it should not
        assertThat(marker(1).applied()).isEqualTo(at(2));
        assertThat(store.holds(keyIn(1, 0))).isFalse();
    }

    @Test
    void shouldNoticeThatAnotherServerHoldsTheStore() {
        // given
        var watch = new StoreWatch(store, observer);
        watch.look();
        watch.look();
        store.restart();
        // when
        watch.look();
        // then
        assertThat(observer.serverChanges).isOne();
    }

    @Test
    void shouldTrustNoEntryOfAFormerEpoch() {
        // given a bucket of another arrangement of partitions
        progress(1);
        store.put(CITIES, 1, new Marker(at(7), at(900), 5000));
        var extent = new Extent(0, 1, OptionalLong.empty(), Stamp.of(2, 40));
        // when
        applier.start(extent, () -> catalog);
        // then
        assertThat(marker(1)).isEqualTo(new Marker(Stamp.of(2, 40), at(900), 1, Stamp.of(2, 40)));
    }

    @Test
    void shouldRefuseToGoBackToAFormerEpoch() {
        // given
        store.put(CITIES, 1, new Marker(Stamp.of(2, 7), Stamp.of(2, 7), 0));
        // then
        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessageContaining("set freshet.topics.epoch to at least 2");
    }

    @Test
    void shouldRefuseALogThatWasMadeAnewInTheSameEpoch() {
        // given
        store.put(CITIES, 1, new Marker(at(5_000), at(5_000), 0));
        // then
        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessageContaining("the log ends at 1:1000, but Redis has seen it up to 1:5000")
                .withMessageContaining("begin a new epoch");
    }

    @Test
    void shouldSayThatTheTopicHasLostItsData() {
        // given
        progress(1);
        store.put(CITIES, 1, new Marker(at(1), at(1), 1000));
        // when
        long from = applier.start(extent(), () -> catalog);
        // then
        assertThat(from).isZero();
        assertThat(observer.ahead).isOne();
        assertThat(marker(1)).isEqualTo(new Marker(at(1_000), at(1), 0, at(1_000)));
    }

    @Test
    void shouldMarkSoftly() {
        // given
        start();
        store.fill(CITIES, 1, keyIn(1, 0), at(1));
        write(new Eviction.Keys(CITIES, List.of(keyIn(1, 0)), Mode.SOFT, at(2), at(2)));
        // when
        readOn();
        // then
        assertThat(store.holds(keyIn(1, 0))).isTrue();
        assertThat(observer.marked).isOne();
        assertThat(marker(1).begun()).isEqualTo(at(2));
    }
}
