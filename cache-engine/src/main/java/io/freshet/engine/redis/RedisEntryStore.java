package io.freshet.engine.redis;

import static io.freshet.engine.redis.Numbers.ascii;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.CorruptEntryException;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryCodec;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoredEntry;
import io.freshet.engine.structure.StructureStore;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The shared tier as nodes use it, in Redis. A read is one {@code MGET} of entry and marker; each
 * write is one script.
 */
public final class RedisEntryStore implements EntryStore {

    private final RedisConnections redis;
    private final RedisKeys keys;
    private final BoundedWrites writes;

    /** Over namespaces without bounds. */
    public RedisEntryStore(RedisConnections redis, RedisKeys keys) {
        this(redis, keys, new KnownNamespaces());
    }

    public RedisEntryStore(RedisConnections redis, RedisKeys keys, KnownNamespaces known) {
        this.redis = redis;
        this.keys = keys;
        this.writes = new BoundedWrites(redis, keys, known, new RedisBuckets(redis, keys));
    }

    /** The structures beside the entries, under the same bounds. */
    public StructureStore structures() {
        return new RedisStructures(redis, keys, writes);
    }

    @Override
    public CompletionStage<StoredEntry> read(Namespace namespace, EntryKey key) {
        int bucket = keys.bucketOf(namespace, key);
        var args = mget(namespace, bucket, List.of(key));
        var output = new BucketReadOutput(1, corrupt(Op.READ));
        return redis.call(Op.READ, commands -> commands.dispatch(CommandType.MGET, output, args))
                .thenApply(read -> read.entry(0));
    }

    @Override
    public CompletionStage<List<StoredEntry>> readAll(Namespace namespace, List<EntryKey> wanted) {
        Map<Integer, List<Integer>> placesByBucket = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            placesByBucket
                    .computeIfAbsent(
                            keys.bucketOf(namespace, wanted.get(i)), _ -> new ArrayList<>())
                    .add(i);
        }
        List<RedisCommand<byte[], byte[], BucketRead>> commands = new ArrayList<>();
        placesByBucket.forEach((bucket, places) ->
                commands.add(
                        new Command<>(
                                CommandType.MGET,
                                new BucketReadOutput(places.size(), corrupt(Op.READ_ALL)),
                                mget(
                                        namespace,
                                        bucket,
                                        places.stream().map(wanted::get).toList()))));
        List<CompletableFuture<BucketRead>> reads = redis.pipeline(Op.READ_ALL, commands);
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                .thenApply(_ ->
                        inOrder(
                                wanted.size(),
                                List.copyOf(placesByBucket.values()),
                                reads.stream().map(CompletableFuture::join).toList()));
    }

    @Override
    public CompletionStage<FillOutcome> fill(Namespace namespace, EntryKey key, Entry entry) {
        return write(Op.FILL, Script.FILL, 4, namespace, key, entry)
                .thenApply(answer ->
                        switch (((Long) answer.getFirst()).intValue()) {
                            case 0 -> new FillOutcome.Stored();
                            case 1 -> new FillOutcome.Refused(stamp(answer));
                            case 2 -> new FillOutcome.Superseded();
                            case 3 -> new FillOutcome.Uninitialised();
                            default -> new FillOutcome.Full();
                        });
    }

    @Override
    public CompletionStage<PutOutcome> put(Namespace namespace, EntryKey key, Entry entry) {
        return write(Op.PUT, Script.PUT, 2, namespace, key, entry)
                .thenApply(answer ->
                        answer.getFirst().equals(2L)
                                ? new PutOutcome.Full()
                                : new PutOutcome.Stored(before(answer), stamp(answer)));
    }

    private StoredEntry before(List<Object> put) {
        var header = (byte[]) put.get(2);
        Entry entry = null;
        try {
            entry = header.length == 0 ? null : EntryCodec.decode(header);
        } catch (CorruptEntryException e) {
            redis.failures().corrupt(Op.PUT, e);
        }
        return new StoredEntry(entry, MarkerFormat.decode((byte[]) put.get(3)));
    }

    private static Stamp stamp(List<Object> answer) {
        return new Stamp((Long) answer.get(1));
    }

    private CompletionStage<List<Object>> write(
            Op op, Script script, long full, Namespace namespace, EntryKey key, Entry entry) {
        byte[] encoded = EntryCodec.encode(entry);
        byte[][] stored = {
            encoded,
            ascii(entry.header().stamp().packed()),
            ascii(entry.header().hardExpiry().toEpochMilli())
        };
        byte[][] names = entryAndMarker(namespace, key);
        return writes.write(op, script, full, namespace, key, names, stored, encoded.length);
    }

    @Override
    public CompletionStage<Boolean> evict(Namespace namespace, EntryKey key, Stamp killsBelow) {
        return redis.<Long>eval(
                        Op.EVICT,
                        Script.EVICT,
                        ScriptOutputType.INTEGER,
                        entryAndMarker(namespace, key),
                        ascii(killsBelow.packed()))
                .thenApply(removed -> removed == 1);
    }

    private CommandArgs<byte[], byte[]> mget(
            Namespace namespace, int bucket, List<EntryKey> wanted) {
        var args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        for (EntryKey key : wanted) {
            args.addKey(keys.entry(namespace, bucket, key));
        }
        return args.addKey(keys.marker(namespace, bucket));
    }

    private byte[][] entryAndMarker(Namespace namespace, EntryKey key) {
        int bucket = keys.bucketOf(namespace, key);
        return new byte[][] {keys.entry(namespace, bucket, key), keys.marker(namespace, bucket)};
    }

    private Consumer<CorruptEntryException> corrupt(Op op) {
        return reason -> redis.failures().corrupt(op, reason);
    }

    private static List<StoredEntry> inOrder(
            int size, List<List<Integer>> places, List<BucketRead> reads) {
        StoredEntry[] all = new StoredEntry[size];
        for (int b = 0; b < places.size(); b++) {
            for (int i = 0; i < places.get(b).size(); i++) {
                all[places.get(b).get(i)] = reads.get(b).entry(i);
            }
        }
        return List.of(all);
    }
}
