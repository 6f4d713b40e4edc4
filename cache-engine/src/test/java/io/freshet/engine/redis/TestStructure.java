package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryCodec;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.structure.Applied;
import io.freshet.engine.structure.Attempt;
import io.freshet.engine.structure.Attempt.Mode;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Question;
import io.freshet.engine.structure.StructureStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One structure on a real Redis, changed and looked at as a node does. */
final class TestStructure implements AutoCloseable {

    final TestRedis redis = TestRedis.shared();
    final StructureStore structures = redis.store.structures();

    @Override
    public void close() {
        redis.close();
    }

    Applied.Done done(Change change, long position) {
        return (Applied.Done) change(change, position);
    }

    Applied change(Change change, long position) {
        return change(change, position, change.begins() ? Mode.BEGIN : Mode.CHANGE);
    }

    Applied change(Change change, long position, Mode mode) {
        var beginning = header(change.kind(), position, Duration.ofMinutes(5));
        var attempt = new Attempt(seenOrNull(), false, stamp(position), beginning, mode);
        return await(structures.change(USERS, ALICE, change, attempt));
    }

    Applied apply(Change change, EntryHeader seen, boolean outdated, long position) {
        var beginning = header(change.kind(), position, Duration.ofMinutes(6));
        var attempt = new Attempt(seen, outdated, stamp(position), beginning, Mode.BEGIN);
        return await(structures.change(USERS, ALICE, change, attempt));
    }

    @Nullable EntryHeader seenOrNull() {
        Entry entry = redis.read(ALICE).entry();
        return entry == null ? null : entry.header();
    }

    EntryHeader seen() {
        return Objects.requireNonNull(seenOrNull());
    }

    StructureStore.Sight look(Question question) {
        return await(structures.look(USERS, ALICE, question));
    }

    byte[] rawStructure() {
        return redis.keys.structure(USERS, redis.bucket(ALICE), ALICE);
    }

    static byte[] marker(long begun) {
        return ByteBuffer.allocate(32).putLong(stamp(begun).packed()).array();
    }

    static int headerBytes() {
        EntryHeader header = header(Kind.SET, 0, Duration.ofMinutes(5));
        return EntryCodec.encode(new Entry(header, new byte[0])).length;
    }

    static EntryHeader header(Kind kind, long position, Duration ttl) {
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

    static List<byte[]> bytes(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(UTF_8)).toList();
    }

    static List<@Nullable String> texts(StructureStore.Sight sight) {
        return texts(sight.elements());
    }

    static List<@Nullable String> texts(List<? extends byte @Nullable []> elements) {
        var texts = new ArrayList<@Nullable String>();
        elements.forEach(bytes -> texts.add(bytes == null ? null : new String(bytes, UTF_8)));
        return texts;
    }
}
