package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestStructure.bytes;
import static io.freshet.engine.redis.TestStructure.headerBytes;
import static io.freshet.engine.redis.TestStructure.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.namespace.Bounds;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.structure.Applied;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Change.Side;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Question;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operations of lists, sets, hashes and counters, by their scripts on a real Redis. */
class RedisStructuresTest {

    private TestStructure it;

    @BeforeEach
    void connect() {
        it = new TestStructure();
    }

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void shouldPushPopAndAnswerARangeOfAList() {
        // given
        it.done(new Change.Push(Side.RIGHT, bytes("1", "2", "3")), 5);
        it.done(new Change.Push(Side.LEFT, bytes("0", "-1")), 5);

        // when
        var popped = it.done(new Change.Pop(Side.RIGHT, 2), 5).result();

        // then
        assertThat(texts(popped.elements())).containsExactly("3", "2");
        assertThat(popped.length()).isEqualTo(3);
        assertThat(texts(it.look(new Question.Range(0, -1, 100)))).containsExactly("-1", "0", "1");
        assertThat(texts(it.look(new Question.Range(-2, -1, 1)))).containsExactly("0");
    }

    @Test
    void shouldTellWhereARangeGoesOn() {
        // given
        it.done(new Change.Push(Side.RIGHT, bytes("a", "b", "c")), 5);

        // then
        assertThat(it.look(new Question.Range(0, -1, 2)).next()).isEqualTo(2L);
        assertThat(it.look(new Question.Range(2, -1, 2)).next()).isNull();
        assertThat(it.look(new Question.Range(7, 9, 2)).elements()).isEmpty();
    }

    @Test
    void shouldAddRemoveAndFindMembersOfASet() {
        // when
        var added = it.done(new Change.Add(List.of("a", "b", "a")), 5).result();
        var removed = it.done(new Change.Remove(List.of("b", "c")), 5).result();

        // then
        assertThat(added).isEqualTo(new Changed.Done(2, 2, List.of()));
        assertThat(removed).isEqualTo(new Changed.Done(1, 1, List.of()));
        assertThat(texts(it.look(new Question.These(Kind.SET, List.of("a", "b")))))
                .containsExactly("1", null);
    }

    @Test
    void shouldAnswerAllMembersOfASetPageByPage() {
        // given
        List<String> members = IntStream.range(0, 1_000).mapToObj(i -> "member " + i).toList();
        it.done(new Change.Add(members), 5);

        // when
        var seen = new HashSet<@Nullable String>();
        Long cursor = 0L;
        while (cursor != null) {
            var page = it.look(new Question.Page(Kind.SET, cursor, 100));
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
        it.done(new Change.Put(fields), 5);

        // when
        var visits = it.done(new Change.IncrementField("visits", 1), 5).result();
        var dropped = it.done(new Change.Drop(List.of("nothing")), 5).result();

        // then
        assertThat(texts(visits.elements())).containsExactly("42");
        assertThat(dropped.count()).isZero();
        assertThat(texts(it.look(new Question.These(Kind.HASH, List.of("name", "x", "visits")))))
                .containsExactly("\"Ada\"", null, "42");
        assertThat(it.change(new Change.IncrementField("name", 1), 5))
                .isEqualTo(new Applied.NoNumber());
    }

    @Test
    void shouldCountExactlyUpToTheLastOf64Bits() {
        // given
        it.done(new Change.Increment(Long.MAX_VALUE - 1), 5);

        // when
        var counted = it.done(new Change.Increment(1), 5).result();

        // then
        assertThat(texts(counted.elements())).containsExactly(Long.toString(Long.MAX_VALUE));
        assertThat(it.change(new Change.Increment(1), 5)).isEqualTo(new Applied.NoNumber());
        assertThat(texts(it.look(new Question.Value())))
                .containsExactly(Long.toString(Long.MAX_VALUE));
    }

    @Test
    void shouldRefuseAnotherKindAndChangeNothing() {
        // given
        it.done(new Change.Add(List.of("a")), 5);

        // then
        assertThat(it.change(new Change.Increment(1), 5))
                .isEqualTo(new Applied.WrongKind(Kind.SET));
        assertThat(it.look(new Question.Value()).elements()).isEmpty();
        assertThat(texts(it.look(new Question.Page(Kind.SET, 0, 10)))).containsExactly("a");
    }

    @Test
    void shouldLeaveNothingWhenTheLastElementIsTaken() {
        // given
        it.done(new Change.Push(Side.LEFT, bytes("a")), 5);

        // when
        it.done(new Change.Pop(Side.LEFT, 9), 5);

        // then
        assertThat(it.redis.usage().entries()).isZero();
        assertThat(it.redis.usage().bytes()).isZero();
        assertThat(it.redis.plain().exists(it.redis.rawKey(ALICE), it.rawStructure())).isZero();
    }

    @Test
    void shouldCountItsBytesWhateverIsDoneToIt() {
        // given
        int head = 8 + headerBytes();

        // when
        it.done(new Change.Add(List.of("four", "five5")), 5);
        it.done(new Change.Add(List.of("four", "sixsix")), 5);
        it.done(new Change.Remove(List.of("five5")), 5);

        // then
        assertThat(it.redis.usage().bytes()).isEqualTo(head + "foursixsix".length());
        assertThat(it.redis.usage().entries()).isOne();
    }

    @Test
    void shouldCountTheBytesOfAHashWhoseFieldsAreReplaced() {
        // when
        it.done(new Change.Put(Map.of("f", "123456".getBytes(UTF_8))), 5);
        it.done(new Change.Put(Map.of("f", "9".getBytes(UTF_8))), 5);
        it.done(new Change.IncrementField("f", 1), 5);
        it.done(new Change.IncrementField("g", 1), 5);
        it.done(new Change.Drop(List.of("g")), 5);

        // then
        assertThat(it.redis.usage().bytes()).isEqualTo(8 + headerBytes() + "f10".length());
    }

    @Test
    void shouldBeRefusedWithoutAChangeWhereNobodyMayGo() {
        // given
        it.redis.within(new Bounds(0, 400, EvictionPolicy.NONE, 1_000));
        it.done(new Change.Push(Side.LEFT, bytes("x".repeat(100))), 5);

        // when
        var full = it.change(new Change.Push(Side.LEFT, bytes("x".repeat(300))), 5);

        // then
        assertThat(full).isEqualTo(new Applied.Full());
        assertThat(it.look(new Question.Range(0, -1, 10)).elements()).hasSize(1);
    }

    @Test
    void shouldLetOthersGoForIt() {
        // given
        it.redis.within(new Bounds(3, 0, EvictionPolicy.LRU, 1_000));
        for (String key : List.of("a", "b", "c")) {
            await(it.redis.store.put(USERS, new EntryKey(key), entry(5, "1")));
        }

        // when
        it.done(new Change.Increment(1), 5);

        // then
        assertThat(it.redis.usage().entries()).isEqualTo(3);
        assertThat(it.redis.usage().evicted().size()).isOne();
        assertThat(texts(it.look(new Question.Value()))).containsExactly("1");
    }
}
