package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryCodec;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.namespace.Bounds;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.structure.Applied;
import io.freshet.engine.structure.Attempt;
import io.freshet.engine.structure.Attempt.Mode;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Change.Side;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Question;
import io.freshet.engine.structure.StructureStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scripts of lists, sets, hashes and counters, on a real Redis. */
class RedisStructuresTest {

    private TestRedis redis;
    private StructureStore structures;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
        structures = redis.store.structures();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldPushPopAndAnswerARangeOfAList() {
        // given
        done(new Change.Push(Side.RIGHT, bytes("1", "2", "3")), 5);
        done(new Change.Push(Side.LEFT, bytes("0", "-1")), 5);

        // when
        var popped = done(new Change.Pop(Side.RIGHT, 2), 5).result();

        // then
        assertThat(texts(popped.elements())).containsExactly("3", "2");
        assertThat(popped.length()).isEqualTo(3);
        assertThat(texts(look(new Question.Range(0, -1, 100)))).containsExactly("-1", "0", "1");
        assertThat(texts(look(new Question.Range(-2, -1, 1)))).containsExactly("0");
    }

    @Test
    void shouldTellWhereARangeGoesOn() {
        // given
        done(new Change.Push(Side.RIGHT, bytes("a", "b", "c")), 5);

        // then
        assertThat(look(new Question.Range(0, -1, 2)).next()).isEqualTo(2L);
        assertThat(look(new Question.Range(2, -1, 2)).next()).isNull();
        assertThat(look(new Question.Range(7, 9, 2)).elements()).isEmpty();
    }

    @Test
    void shouldAddRemoveAndFindMembersOfASet() {
        // when
        var added = done(new Change.Add(List.of("a", "b", "a")), 5).result();
        var removed = done(new Change.Remove(List.of("b", "c")), 5).result();

        // then
        assertThat(added).isEqualTo(new Changed.Done(2, 2, List.of()));
        assertThat(removed).isEqualTo(new Changed.Done(1, 1, List.of()));
        assertThat(texts(look(new Question.These(Kind.SET, List.of("a", "b")))))
                .containsExactly("1", null);
    }

    @Test
    void shouldAnswerAllMembersOfASetPageByPage() {
        // given
        List<String> members = IntStream.range(0, 1_000).mapToObj(i -> "member " + i).toList();
        done(new Change.Add(members), 5);

        // when
        var seen = new HashSet<@Nullable String>();
        Long cursor = 0L;
        while (cursor != null) {
            var page = look(new Question.Page(Kind.SET, cursor, 100));
            assertThat(page.elements()).hasSizeBetween(1, 250);
            seen.addAll(texts(page));
            cursor = page.next();
        }

        // then
        assertThat(seen).containsExactlyInAnyOrderElementsOf(members);
    }

    @Test
    void shouldPutRemoveAndIncrementFieldsOfAHash() {
        // given
        var fields = new LinkedHashMap<String, byte[]>();
        fields.put("name", "\"Ada\"".getBytes(UTF_8));
        fields.put("visits", "41".getBytes(UTF_8));
        done(new Change.Put(fields), 5);

        // when
        var visits = done(new Change.IncrementField("visits", 1), 5).result();
        var dropped = done(new Change.Drop(List.of("nothing")), 5).result();

        // then
        assertThat(texts(visits.elements())).containsExactly("42");
        assertThat(dropped.count()).isZero();
        assertThat(texts(look(new Question.These(Kind.HASH, List.of("name", "x", "visits")))))
                .containsExactly("\"Ada\"", null, "42");
        assertThat(change(new Change.IncrementField("name", 1), 5))
                .isEqualTo(new Applied.NoNumber());
    }

    @Test
    void shouldCountExactlyUpToTheLastOf64Bits() {
        // given
        done(new Change.Increment(Long.MAX_VALUE - 1), 5);

        // when
        var counted = done(new Change.Increment(1), 5).result();

        // then
        assertThat(texts(counted.elements())).containsExactly(Long.toString(Long.MAX_VALUE));
        assertThat(change(new Change.Increment(1), 5)).isEqualTo(new Applied.NoNumber());
        assertThat(texts(look(new Question.Value())))
                .containsExactly(Long.toString(Long.MAX_VALUE));
    }

    @Test
    void shouldRefuseAnotherKindAndChangeNothing() {
        // given
        done(new Change.Add(List.of("a")), 5);

        // then
        assertThat(change(new Change.Increment(1), 5)).isEqualTo(new Applied.WrongKind(Kind.SET));
        assertThat(look(new Question.Value()).elements()).isEmpty();
        assertThat(texts(look(new Question.Page(Kind.SET, 0, 10)))).containsExactly("a");
    }

    @Test
    void shouldLeaveNothingWhenTheLastElementIsTaken() {
        // given
        done(new Change.Push(Side.LEFT, bytes("a")), 5);

        // when
        done(new Change.Pop(Side.LEFT, 9), 5);

        // then
        assertThat(redis.usage().entries()).isZero();
        assertThat(redis.usage().bytes()).isZero();
        assertThat(redis.plain().exists(redis.rawKey(ALICE), rawStructure())).isZero();
    }

    @Test
    void shouldBeginOnlyWhatIsRegistered() {
        assertThat(change(new Change.Increment(1), 5, Mode.CHANGE_OR_AGAIN))
                .isEqualTo(new Applied.Again());
        assertThat(done(new Change.Pop(Side.LEFT, 1), 5).result())
                .isEqualTo(new Changed.Done(0, 0, List.of()));
        assertThat(redis.usage().entries()).isZero();
    }

    @Test
    void shouldBeginAnewWhatTheNodeJudgedOutdated() {
        // given
        done(new Change.Add(List.of("before")), 5);

        // when
        var done = (Applied.Done) apply(new Change.Add(List.of("after")), seen(), true, 9);

        // then
        assertThat(done.began()).isTrue();
        assertThat(done.stamp()).isEqualTo(stamp(9));
        assertThat(texts(look(new Question.Page(Kind.SET, 0, 10)))).containsExactly("after");
    }

    @Test
    void shouldNotThrowAwayWhatBeganSinceItWasJudged() {
        // given
        done(new Change.Add(List.of("before")), 5);
        EntryHeader seen = seen();
        apply(new Change.Add(List.of("after")), seen, true, 9);

        // when
        var again = apply(new Change.Add(List.of("late")), seen, true, 10);

        // then
        assertThat(again).isEqualTo(new Applied.Again());
        assertThat(texts(look(new Question.Page(Kind.SET, 0, 10)))).containsExactly("after");
    }

    @Test
    void shouldRiseToThePositionAtWhichItWasJudged() {
        // given
        done(new Change.Increment(1), 5);

        // when
        var done = done(new Change.Increment(1), 8);

        // then
        assertThat(done.stamp()).isEqualTo(stamp(8));
        assertThat(seen().stamp()).isEqualTo(stamp(8));
    }

    @Test
    void shouldBeginAboveAnEvictionOfWhichTheNodeHasNotHeard() {
        // given
        redis.initialise(ALICE, 0, 0);
        await(redis.store.evict(USERS, ALICE, stamp(7)));

        // when
        var done = done(new Change.Increment(1), 5);

        // then
        assertThat(done.stamp()).isEqualTo(stamp(7));
    }

    @Test
    void shouldAwaitAnEvictionThatMayBeOfIt() {
        // given
        done(new Change.Increment(1), 5);
        redis.plain().set(redis.rawMarker(ALICE), marker(7));

        // then
        assertThat(change(new Change.Increment(1), 6)).isEqualTo(new Applied.Refused(stamp(7)));
        assertThat(done(new Change.Increment(1), 7).stamp()).isEqualTo(stamp(7));
    }

    @Test
    void shouldGoWithItsSidecarWhenItIsEvicted() {
        // given
        done(new Change.Add(List.of("a", "b")), 5);

        // when
        await(redis.store.evict(USERS, ALICE, stamp(6)));

        // then
        assertThat(redis.plain().exists(redis.rawKey(ALICE), rawStructure())).isZero();
        assertThat(redis.usage().bytes()).isZero();
        assertThat(redis.usage().evicted().invalidated()).isOne();
    }

    @Test
    void shouldGoWhenAValueIsPutInItsPlace() {
        // given
        done(new Change.Add(List.of("a", "b")), 5);

        // when
        await(redis.store.put(USERS, ALICE, entry(6, "{}")));

        // then
        assertThat(redis.plain().exists(rawStructure())).isZero();
        assertThat(Objects.requireNonNull(redis.read(ALICE).entry()).value())
                .asString(UTF_8)
                .isEqualTo("{}");
        assertThat(redis.usage().bytes()).isEqualTo(redis.plain().strlen(redis.rawKey(ALICE)));
    }

    @Test
    void shouldExpireTogetherWithItsSidecarAndKeepTheTimeOfItsBeginning() {
        // given
        done(new Change.Increment(1), 5);
        long expiry = redis.plain().pexpiretime(redis.rawKey(ALICE));

        // when
        done(new Change.Increment(1), 6);

        // then
        assertThat(redis.plain().pexpiretime(redis.rawKey(ALICE))).isEqualTo(expiry);
        assertThat(redis.plain().pexpiretime(rawStructure())).isEqualTo(expiry);
    }

    @Test
    void shouldTakeOverAnExpiryThatIsStated() {
        // given
        done(new Change.Increment(1), 5);
        EntryHeader later = header(Kind.COUNTER, 6, Duration.ofHours(1));

        // when
        var change = new Change.Increment(1);
        var attempt = new Attempt(seen(), false, stamp(6), later, Mode.BEGIN_OR_EXTEND);
        await(structures.change(USERS, ALICE, change, attempt));

        // then
        assertThat(seen().hardExpiry()).isEqualTo(later.hardExpiry());
        assertThat(redis.plain().pexpiretime(rawStructure()))
                .isEqualTo(redis.plain().pexpiretime(redis.rawKey(ALICE)));
        assertThat(texts(look(new Question.Value()))).containsExactly("2");
    }

    @Test
    void shouldCountItsBytesWhateverIsDoneToIt() {
        // given
        int head = 8 + headerBytes();

        // when
        done(new Change.Add(List.of("four", "five5")), 5);
        done(new Change.Add(List.of("four", "sixsix")), 5);
        done(new Change.Remove(List.of("five5")), 5);

        // then
        assertThat(redis.usage().bytes()).isEqualTo(head + "foursixsix".length());
        assertThat(redis.usage().entries()).isOne();
    }

    @Test
    void shouldCountTheBytesOfAHashWhoseFieldsAreReplaced() {
        // when
        done(new Change.Put(Map.of("f", "123456".getBytes(UTF_8))), 5);
        done(new Change.Put(Map.of("f", "9".getBytes(UTF_8))), 5);
        done(new Change.IncrementField("f", 1), 5);
        done(new Change.IncrementField("g", 1), 5);
        done(new Change.Drop(List.of("g")), 5);

        // then
        assertThat(redis.usage().bytes()).isEqualTo(8 + headerBytes() + "f10".length());
    }

    @Test
    void shouldBeRefusedWithoutAChangeWhereNobodyMayGo() {
        // given
        redis.within(new Bounds(0, 400, EvictionPolicy.NONE, 1_000));
        done(new Change.Push(Side.LEFT, bytes("x".repeat(100))), 5);

        // when
        var full = change(new Change.Push(Side.LEFT, bytes("x".repeat(300))), 5);

        // then
        assertThat(full).isEqualTo(new Applied.Full());
        assertThat(look(new Question.Range(0, -1, 10)).elements()).hasSize(1);
    }

    @Test
    void shouldLetOthersGoForIt() {
        // given
        redis.within(new Bounds(3, 0, EvictionPolicy.LRU, 1_000));
        for (String key : List.of("a", "b", "c")) {
            await(redis.store.put(USERS, new EntryKey(key), entry(5, "1")));
        }

        // when
        done(new Change.Increment(1), 5);

        // then
        assertThat(redis.usage().entries()).isEqualTo(3);
        assertThat(redis.usage().evicted().size()).isOne();
        assertThat(texts(look(new Question.Value()))).containsExactly("1");
    }

    private Applied.Done done(Change change, long position) {
        return (Applied.Done) change(change, position);
    }

    private Applied change(Change change, long position) {
        return change(change, position, change.begins() ? Mode.BEGIN : Mode.CHANGE);
    }

    private Applied change(Change change, long position, Mode mode) {
        var beginning = header(change.kind(), position, Duration.ofMinutes(5));
        var attempt = new Attempt(seenOrNull(), false, stamp(position), beginning, mode);
        return await(structures.change(USERS, ALICE, change, attempt));
    }

    private Applied apply(Change change, EntryHeader seen, boolean outdated, long position) {
        var beginning = header(change.kind(), position, Duration.ofMinutes(6));
        var attempt = new Attempt(seen, outdated, stamp(position), beginning, Mode.BEGIN);
        return await(structures.change(USERS, ALICE, change, attempt));
    }

    private @Nullable EntryHeader seenOrNull() {
        Entry entry = redis.read(ALICE).entry();
        return entry == null ? null : entry.header();
    }

    private EntryHeader seen() {
        return Objects.requireNonNull(seenOrNull());
    }

    private StructureStore.Sight look(Question question) {
        return await(structures.look(USERS, ALICE, question));
    }

    private byte[] rawStructure() {
        return redis.keys.structure(USERS, redis.bucket(ALICE), ALICE);
    }

    private static byte[] marker(long begun) {
        return ByteBuffer.allocate(32).putLong(stamp(begun).packed()).array();
    }

    private static int headerBytes() {
        EntryHeader header = header(Kind.SET, 0, Duration.ofMinutes(5));
        return EntryCodec.encode(new Entry(header, new byte[0])).length;
    }

    private static EntryHeader header(Kind kind, long position, Duration ttl) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new EntryHeader(
                kind,
                stamp(position),
                Stamp.ZERO,
                now,
                now.plus(ttl),
                now.plus(ttl),
                Duration.ZERO,
                EntryHeader.JSON,
                Set.of());
    }

    private static List<byte[]> bytes(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(UTF_8)).toList();
    }

    private static List<@Nullable String> texts(StructureStore.Sight sight) {
        return texts(sight.elements());
    }

    private static List<@Nullable String> texts(List<? extends byte @Nullable []> elements) {
        var texts = new ArrayList<@Nullable String>();
        elements.forEach(bytes -> texts.add(bytes == null ? null : new String(bytes, UTF_8)));
        return texts;
    }
}
