package io.freshet.engine.redis;

import static io.freshet.engine.redis.Numbers.ascii;

import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryCodec;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.store.Marker;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The shared tier as the applier uses it: evictions in log order, and the markers that say how far
 * each bucket is.
 *
 * <p>Everything can be done again, in whole or in part, without harm. Stages fail with {@link
 * io.freshet.engine.store.StoreUnavailableException}; it is then unknown whether the step took
 * effect, and doing it again settles it. Thread-safe, nothing blocks; batches of one bucket are to
 * be sent one after the other.
 */
public final class RedisApplier {

    /** Longest stretch that one script works on, so that Redis answers others in between. */
    static final int MAX_KEYS_PER_SCRIPT = 100;

    private static final byte[] HARD = {'h'};
    private static final byte[] SOFT = {'s'};
    private static final byte[] REPLACE = {'w'};

    private final RedisConnections redis;
    private final RedisKeys keys;

    public RedisApplier(RedisConnections redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /**
     * Applies a batch: {@code begun} rises to every {@code killsBelow} in it, entries go, are
     * marked or replaced, and then {@code applied}, the barrier and the next offset move. A batch
     * that is too large for one script is applied in several; the last one moves the marker.
     */
    public CompletionStage<ApplyOutcome> apply(BucketBatch batch) {
        return apply(batch, 0, new ApplyOutcome.Applied(0, 0));
    }

    /**
     * The markers of buckets; those that have none are missing from the answer.
     *
     * @param buckets of that namespace
     */
    public CompletionStage<Map<Integer, Marker>> markers(
            Namespace namespace, Collection<Integer> buckets) {
        List<Integer> asked = List.copyOf(buckets);
        List<RedisCommand<byte[], byte[], byte[]>> commands = new ArrayList<>();
        for (int bucket : asked) {
            var key =
                    new CommandArgs<>(ByteArrayCodec.INSTANCE)
                            .addKey(keys.marker(namespace, bucket));
            commands.add(
                    new Command<>(
                            CommandType.GET, new ByteArrayOutput<>(ByteArrayCodec.INSTANCE), key));
        }
        List<CompletableFuture<byte[]>> answers = redis.pipeline(Op.MARKERS, commands);
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    Map<Integer, Marker> markers = new HashMap<>();
                    for (int i = 0; i < asked.size(); i++) {
                        Marker marker = MarkerFormat.decode(answers.get(i).join());
                        if (marker != null) {
                            markers.put(asked.get(i), marker);
                        }
                    }
                    return markers;
                });
    }

    /**
     * Gives a bucket its marker, unless it has one.
     *
     * @param at its {@code begun} and {@code applied}: every eviction of a key event at or below it
     *     has taken effect in this bucket, or found nothing to remove
     * @return the marker that it has now
     */
    public CompletionStage<Marker> initialise(
            Namespace namespace, int bucket, Stamp at, long nextOffset) {
        return redis.<byte[]>eval(
                        Op.INITIALISE,
                        Script.INITIALISE,
                        ScriptOutputType.VALUE,
                        new byte[][] {keys.marker(namespace, bucket)},
                        ascii(at.packed()),
                        ascii(nextOffset))
                .thenApply(RedisApplier::requireMarker);
    }

    private CompletionStage<ApplyOutcome> apply(
            BucketBatch batch, int from, ApplyOutcome.Applied soFar) {
        int to = Math.min(batch.evictions().size(), from + MAX_KEYS_PER_SCRIPT);
        boolean last = to == batch.evictions().size();
        List<KeyEviction> evictions = batch.evictions().subList(from, to);
        byte[][] scriptKeys = new byte[evictions.size() + 1][];
        List<Entry> replacements =
                evictions.stream().map(KeyEviction::replacement).filter(Objects::nonNull).toList();
        byte[][] args = new byte[2 * evictions.size() + 2 * replacements.size() + 5][];
        scriptKeys[0] = keys.marker(batch.namespace(), batch.bucket());
        args[0] = ascii(batch.continuesFrom());
        args[1] = ascii(last ? batch.nextOffset() : batch.continuesFrom());
        args[2] = ascii(last ? batch.through().packed() : 0);
        Stamp barrier = last ? batch.barrier() : Stamp.ZERO;
        args[3] = ascii(begun(evictions, barrier).packed());
        args[4] = ascii(barrier.packed());
        for (int i = 0; i < evictions.size(); i++) {
            KeyEviction eviction = evictions.get(i);
            scriptKeys[i + 1] = keys.entry(batch.namespace(), batch.bucket(), eviction.key());
            args[2 * i + 5] = ascii(eviction.killsBelow().packed());
            args[2 * i + 6] = how(eviction);
        }
        for (int i = 0; i < replacements.size(); i++) {
            Entry entry = replacements.get(i);
            int place = 2 * (evictions.size() + i) + 5;
            args[place] = EntryCodec.encode(entry);
            args[place + 1] = ascii(entry.header().hardExpiry().toEpochMilli());
        }
        return redis.<List<Long>>eval(
                        Op.APPLY, Script.APPLY, ScriptOutputType.MULTI, scriptKeys, args)
                .thenCompose(answer -> {
                    ApplyOutcome outcome = outcome(answer, soFar);
                    return last
                            ? CompletableFuture.completedStage(outcome)
                            : goOn(batch, to, outcome, soFar);
                });
    }

    private static byte[] how(KeyEviction eviction) {
        return switch (eviction.mode()) {
            case HARD -> eviction.replacement() == null ? HARD : REPLACE;
            case SOFT -> SOFT;
        };
    }

    private CompletionStage<ApplyOutcome> goOn(
            BucketBatch batch, int from, ApplyOutcome outcome, ApplyOutcome.Applied soFar) {
        return switch (outcome) {
            case ApplyOutcome.Applied applied -> apply(batch, from, applied);
            case ApplyOutcome.Behind behind -> CompletableFuture.completedStage(behind);
            case ApplyOutcome.Uninitialised _ -> apply(batch, from, soFar);
        };
    }

    private static ApplyOutcome outcome(List<Long> answer, ApplyOutcome.Applied soFar) {
        return switch (answer.getFirst().intValue()) {
            case 0 ->
                    new ApplyOutcome.Applied(
                            soFar.removed() + answer.get(1).intValue(),
                            soFar.marked() + answer.get(2).intValue(),
                            soFar.written() + answer.get(3).intValue());
            case 1 -> new ApplyOutcome.Behind(answer.get(1));
            default -> new ApplyOutcome.Uninitialised();
        };
    }

    private static Stamp begun(List<KeyEviction> evictions, Stamp barrier) {
        return evictions.stream().map(KeyEviction::killsBelow).reduce(barrier, Stamp::max);
    }

    private static Marker requireMarker(byte[] bytes) {
        Marker marker = MarkerFormat.decode(bytes);
        if (marker == null) {
            throw new IllegalStateException("initialise.lua answered no marker");
        }
        return marker;
    }
}
