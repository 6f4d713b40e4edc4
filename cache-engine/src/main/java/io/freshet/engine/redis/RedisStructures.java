package io.freshet.engine.redis;

import static io.freshet.engine.redis.Numbers.ascii;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.CorruptEntryException;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryCodec;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.store.StoredEntry;
import io.freshet.engine.structure.Applied;
import io.freshet.engine.structure.Attempt;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Question;
import io.freshet.engine.structure.StructureStore;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Structures in Redis, each beside its sidecar: see {@code structure.lua}. */
final class RedisStructures implements StructureStore {

    private static final long FULL = 2;
    private static final byte[] NOTHING = {};

    private final RedisConnections redis;
    private final RedisKeys keys;
    private final BoundedWrites writes;

    RedisStructures(RedisConnections redis, RedisKeys keys, BoundedWrites writes) {
        this.redis = redis;
        this.keys = keys;
        this.writes = writes;
    }

    @Override
    public CompletionStage<Sight> look(Namespace namespace, EntryKey key, Question question) {
        byte[][] args =
                Stream.concat(
                                Stream.of(ascii(EntryCodec.codeOf(question.kind()))),
                                Stream.of(Operations.of(question)))
                        .toArray(byte[][]::new);
        return redis.<List<Object>>eval(
                        Op.LOOK, Script.LOOK, ScriptOutputType.MULTI, names(namespace, key), args)
                .thenApply(this::sight);
    }

    @Override
    public CompletionStage<Applied> change(
            Namespace namespace, EntryKey key, Change change, Attempt attempt) {
        byte[][] args =
                Stream.concat(
                                Stream.of(
                                        headerOf(attempt.judged()),
                                        ascii(attempt.isOutdated() ? 1 : 0),
                                        ascii(attempt.position().packed()),
                                        EntryCodec.encode(new Entry(attempt.beginning(), NOTHING)),
                                        codeOf(attempt.mode())),
                                Stream.of(Operations.of(change)))
                        .toArray(byte[][]::new);
        long bytes = Stream.of(args).mapToLong(arg -> arg.length).sum();
        Script script = Operations.scriptOf(change);
        byte[][] names = names(namespace, key);
        return writes.write(Op.STRUCTURE, script, FULL, namespace, key, names, args, bytes)
                .thenApply(RedisStructures::applied);
    }

    private byte[][] names(Namespace namespace, EntryKey key) {
        int bucket = keys.bucketOf(namespace, key);
        return new byte[][] {
            keys.entry(namespace, bucket, key),
            keys.marker(namespace, bucket),
            keys.structure(namespace, bucket, key)
        };
    }

    private static byte[] headerOf(@Nullable EntryHeader header) {
        return header == null ? NOTHING : EntryCodec.encode(new Entry(header, NOTHING));
    }

    private static byte[] codeOf(Attempt.Mode mode) {
        return switch (mode) {
            case CHANGE -> new byte[] {'n'};
            case CHANGE_OR_AGAIN -> new byte[] {'a'};
            case BEGIN -> new byte[] {'b'};
            case BEGIN_OR_EXTEND -> new byte[] {'t'};
        };
    }

    private static Applied applied(List<Object> answer) {
        return switch ((int) number(answer, 0)) {
            case 0 ->
                    new Applied.Done(
                            new Stamp(number(answer, 1)),
                            number(answer, 2) == 1,
                            new Changed.Done(number(answer, 3), number(answer, 4), taken(answer)));
            case 1 -> new Applied.Again();
            case 3 -> new Applied.WrongKind(kind((byte) number(answer, 1)));
            case 4 -> new Applied.Refused(new Stamp(number(answer, 1)));
            case 5 -> new Applied.NoNumber();
            default -> new Applied.Full();
        };
    }

    private Sight sight(List<Object> answer) {
        Entry entry = entry((byte[]) answer.get(0));
        var stored = new StoredEntry(entry, MarkerFormat.decode((byte[]) answer.get(1)));
        if (answer.size() == 2) {
            return new Sight(stored, 0, null, List.of());
        }
        byte[] next = (byte[]) answer.get(3);
        return new Sight(
                stored,
                number(answer, 2),
                next.length == 0 ? null : Long.parseUnsignedLong(new String(next, US_ASCII)),
                elements(answer, 4));
    }

    private @Nullable Entry entry(byte[] head) {
        try {
            return head.length == 0 ? null : EntryCodec.decode(head);
        } catch (CorruptEntryException e) {
            redis.failures().corrupt(Op.LOOK, e);
            return null;
        }
    }

    private static EntryHeader.Kind kind(byte code) {
        try {
            return EntryCodec.kindOf(code);
        } catch (CorruptEntryException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(List<Object> answer, int at) {
        return (long) answer.get(at);
    }

    @SuppressWarnings("unchecked") // as the header of the script says
    private static List<byte[]> taken(List<Object> answer) {
        return (List<byte[]>) answer.get(5);
    }

    @SuppressWarnings("unchecked") // as the header of the script says
    private static List<byte @Nullable []> elements(List<Object> answer, int at) {
        return (List<byte @Nullable []>) answer.get(at);
    }
}
