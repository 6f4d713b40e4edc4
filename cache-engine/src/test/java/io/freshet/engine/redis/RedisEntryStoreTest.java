package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoredEntry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisEntryStoreTest {

    private TestRedis redis;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldReadNothingFromABucketThatNobodyHasTouched() {
        // when
        StoredEntry read = redis.read(ALICE);

        // then
        assertThat(read).isEqualTo(new StoredEntry(null, null));
    }

    @Test
    void shouldReadEntryAndMarkerAfterAFill() {
        // given
        redis.initialise(ALICE, 5, 17);
        Entry filled = entry(6, "{}");

        // when
        FillOutcome outcome = await(redis.store.fill(USERS, ALICE, filled));

        // then
        assertThat(outcome).isEqualTo(new FillOutcome.Stored());
        assertThat(redis.read(ALICE))
                .isEqualTo(new StoredEntry(filled, new Marker(stamp(5), stamp(5), 17)));
    }

    @Test
    void shouldRefuseAFillStampedBelowBegunAndSayWhatItIs() {
        // given
        redis.initialise(ALICE, 5, 0);

        // when
        FillOutcome outcome = await(redis.store.fill(USERS, ALICE, entry(4, "old")));

        // then
        assertThat(outcome).isEqualTo(new FillOutcome.Refused(stamp(5)));
        assertThat(redis.read(ALICE).entry()).isNull();
    }

    @Test
    void shouldTakeAFillStampedExactlyAtBegun() {
        // given
        redis.initialise(ALICE, 5, 0);

        // when
        FillOutcome outcome = await(redis.store.fill(USERS, ALICE, entry(5, "equal")));

        // then
        assertThat(outcome).isEqualTo(new FillOutcome.Stored());
    }

    @Test
    void shouldNotCacheInABucketWithoutMarker() {
        // when
        FillOutcome outcome = await(redis.store.fill(USERS, ALICE, entry(5, "v")));

        // then
        assertThat(outcome).isEqualTo(new FillOutcome.Uninitialised());
        assertThat(redis.read(ALICE).entry()).isNull();
    }

    @Test
    void shouldKeepTheEntryWithTheLargerStamp() {
        // given
        redis.initialise(ALICE, 1, 0);
        Entry newer = entry(9, "newer");
        await(redis.store.fill(USERS, ALICE, newer));

        // when
        FillOutcome outcome = await(redis.store.fill(USERS, ALICE, entry(8, "older")));

        // then
        assertThat(outcome).isEqualTo(new FillOutcome.Superseded());
        assertThat(redis.read(ALICE).entry()).isEqualTo(newer);
    }

    @Test
    void shouldReplaceAnEntryOfTheSameStamp() {
        // given
        redis.initialise(ALICE, 1, 0);
        await(redis.store.fill(USERS, ALICE, entry(9, "first")));
        Entry second = entry(9, "second");

        // when
        FillOutcome outcome = await(redis.store.fill(USERS, ALICE, second));

        // then
        assertThat(outcome).isEqualTo(new FillOutcome.Stored());
        assertThat(redis.read(ALICE).entry()).isEqualTo(second);
    }

    @Test
    void shouldLetRedisForgetAnEntryAMinuteAfterItsHardExpiry() {
        // given
        redis.initialise(ALICE, 1, 0);
        await(redis.store.fill(USERS, ALICE, entry(9, "v", Duration.ofMillis(150))));

        // when
        long left = redis.plain().pttl(redis.rawKey(ALICE));

        // then
        assertThat(left).isBetween(59_000L, 60_150L);
    }

    @Test
    void shouldNotKeepAFillWhoseHardExpiryHasPassed() {
        // given
        redis.initialise(ALICE, 1, 0);

        // when
        FillOutcome outcome =
                await(redis.store.fill(USERS, ALICE, entry(9, "v", Duration.ofSeconds(-1))));

        // then
        assertThat(outcome).isEqualTo(new FillOutcome.Stored());
        assertThat(redis.read(ALICE).entry()).isNull();
    }

    @Test
    void shouldCompareStampsExactlyUpToTheirLargest() {
        // given
        Stamp largest = new Stamp((1L << 52) - 1);
        Stamp oneBelow = new Stamp((1L << 52) - 2);
        await(redis.applier.initialise(USERS, redis.bucket(ALICE), oneBelow, 0));
        Entry filled = entry(0, "v");

        // when
        var atLargest = fillAt(filled, largest);
        var belowIt = fillAt(filled, oneBelow);
        var belowBegun = fillAt(filled, new Stamp((1L << 52) - 3));

        // then
        assertThat(atLargest).isEqualTo(new FillOutcome.Stored());
        assertThat(belowIt).isEqualTo(new FillOutcome.Superseded());
        assertThat(belowBegun).isEqualTo(new FillOutcome.Refused(oneBelow));
        assertThat(redis.read(ALICE).marker()).isEqualTo(new Marker(oneBelow, oneBelow, 0));
    }

    @Test
    void shouldPutWithItsOwnStampWhereNothingIsNewer() {
        // given
        Entry put = entry(7, "mine");

        // when
        PutOutcome outcome = await(redis.store.put(USERS, ALICE, put));

        // then
        assertThat(outcome).isEqualTo(new PutOutcome.Stored(new StoredEntry(null, null), stamp(7)));
        assertThat(redis.read(ALICE)).isEqualTo(new StoredEntry(put, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry", "begun"})
    void shouldRaiseTheStampOfAPutToTheLargestAround(String holder) {
        // given
        redis.initialise(ALICE, holder.equals("begun") ? 12 : 1, 0);
        await(redis.store.put(USERS, ALICE, entry(holder.equals("entry") ? 12 : 2, "before")));
        StoredEntry before = redis.read(ALICE);
        Entry put = entry(7, "mine");

        // when
        PutOutcome outcome = await(redis.store.put(USERS, ALICE, put));

        // then
        assertThat(outcome).isEqualTo(new PutOutcome.Stored(withoutValue(before), stamp(12)));
        assertThat(redis.read(ALICE).entry())
                .isEqualTo(new Entry(put.header().withStamp(stamp(12)), put.value()));
        assertThat(redis.plain().pttl(redis.rawKey(ALICE))).isPositive();
    }

    @Test
    void shouldSayWhichEntryAPutReplacedHoweverLongItsTags() {
        // given
        await(redis.store.put(USERS, ALICE, tagged(entry(7, "before"), 10)));
        StoredEntry before = redis.read(ALICE);

        // when
        PutOutcome outcome = await(redis.store.put(USERS, ALICE, entry(8, "mine")));

        // then
        assertThat(outcome).isEqualTo(new PutOutcome.Stored(withoutValue(before), stamp(8)));
    }

    private static Entry tagged(Entry entry, int tags) {
        EntryHeader header = entry.header();
        return new Entry(
                new EntryHeader(
                        header.kind(),
                        header.stamp(),
                        header.softMark(),
                        header.created(),
                        header.softExpiry(),
                        header.hardExpiry(),
                        header.loadCost(),
                        header.contentType(),
                        IntStream.range(0, tags)
                                .mapToObj(i -> new Tag("a tag of some length " + i))
                                .collect(Collectors.toSet())),
                entry.value());
    }

    private static StoredEntry withoutValue(StoredEntry stored) {
        Entry entry = requireNonNull(stored.entry());
        return new StoredEntry(new Entry(entry.header(), new byte[0]), stored.marker());
    }

    @Test
    void shouldEvictOnlyWhatIsStampedBelowAndRaiseBegunInAnyCase() {
        // given
        redis.initialise(ALICE, 1, 3);
        await(redis.store.fill(USERS, ALICE, entry(9, "v")));

        // when
        boolean atEquality = await(redis.store.evict(USERS, ALICE, stamp(9)));
        StoredEntry afterEquality = redis.read(ALICE);
        boolean above = await(redis.store.evict(USERS, ALICE, stamp(10)));
        StoredEntry afterAbove = redis.read(ALICE);

        // then
        assertThat(atEquality).isFalse();
        assertThat(afterEquality.entry()).isNotNull();
        assertThat(afterEquality.marker()).isEqualTo(new Marker(stamp(9), stamp(1), 3));
        assertThat(above).isTrue();
        assertThat(afterAbove).isEqualTo(new StoredEntry(null, new Marker(stamp(10), stamp(1), 3)));
    }

    @Test
    void shouldEvictButCreateNoMarkerWhereThereIsNone() {
        // given
        await(redis.store.put(USERS, ALICE, entry(9, "v")));

        // when
        boolean removed = await(redis.store.evict(USERS, ALICE, stamp(10)));

        // then
        assertThat(removed).isTrue();
        assertThat(redis.read(ALICE)).isEqualTo(new StoredEntry(null, null));
    }

    @Test
    void shouldCountAForeignValueAsAbsentAndLetTheNextFillReplaceIt() {
        // given
        redis.initialise(ALICE, 1, 0);
        redis.plain().set(redis.rawKey(ALICE), "{\"somebody\":\"else\"}".getBytes(UTF_8));

        // when
        StoredEntry read = redis.read(ALICE);

        // then
        assertThat(read.entry()).isNull();
        assertThat(read.marker()).isNotNull();
        assertThat(errors("read", "corrupt")).isEqualTo(1);
        assertThat(await(redis.store.fill(USERS, ALICE, entry(2, "v"))))
                .isEqualTo(new FillOutcome.Stored());
        assertThat(redis.read(ALICE).entry()).isNotNull();
    }

    @Test
    void shouldReadManyInTheOrderInWhichTheyAreAskedFor() {
        // given
        List<EntryKey> keys = IntStream.range(0, 300).mapToObj(i -> new EntryKey("k" + i)).toList();
        for (int i = 0; i < keys.size(); i += 3) {
            await(redis.store.put(USERS, keys.get(i), entry(i, "v" + i)));
        }
        Marker marker = redis.initialise(keys.get(0), 5, 9);

        // when
        List<StoredEntry> read = await(redis.store.readAll(USERS, keys));

        // then
        assertThat(read).hasSameSizeAs(keys);
        for (int i = 0; i < keys.size(); i++) {
            var found = read.get(i).entry();
            String value = found == null ? null : new String(found.value(), UTF_8);
            assertThat(value).isEqualTo(i % 3 == 0 ? "v" + i : null);
            assertThat(read.get(i).marker())
                    .isEqualTo(
                            redis.bucket(keys.get(i)) == redis.bucket(keys.get(0)) ? marker : null);
        }
    }

    @Test
    void shouldReadTheSameKeyTwiceAndNoKeysAtAll() {
        // given
        Entry put = entry(1, "v");
        await(redis.store.put(USERS, ALICE, put));

        // when
        var twice = await(redis.store.readAll(USERS, List.of(ALICE, ALICE)));
        var none = await(redis.store.readAll(USERS, List.of()));

        // then
        assertThat(twice).extracting(StoredEntry::entry).containsExactly(put, put);
        assertThat(none).isEmpty();
    }

    @Test
    void shouldGoOnWhenRedisHasForgottenTheScripts() {
        // given
        redis.initialise(ALICE, 1, 0);
        redis.plain().scriptFlush();

        // when
        FillOutcome outcome = await(redis.store.fill(USERS, ALICE, entry(2, "v")));

        // then
        assertThat(outcome).isEqualTo(new FillOutcome.Stored());
    }

    private FillOutcome fillAt(Entry entry, Stamp stamp) {
        return await(
                redis.store.fill(
                        USERS, ALICE, new Entry(entry.header().withStamp(stamp), entry.value())));
    }

    private double errors(String op, String kind) {
        return redis.meters
                .get("freshet.redis.errors")
                .tag("op", op)
                .tag("kind", kind)
                .counter()
                .count();
    }
}
