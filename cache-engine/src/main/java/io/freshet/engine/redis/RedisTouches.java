package io.freshet.engine.redis;

import static io.freshet.engine.redis.Numbers.ascii;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.eviction.HalfLives;
import io.freshet.engine.eviction.Touches;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Brings reads into the order of eviction, all those of a bucket in one script. */
final class RedisTouches {

    private record Bucket(Namespace namespace, int number) {}

    private final RedisConnections redis;
    private final RedisKeys keys;
    private final HalfLives halfLives;

    RedisTouches(RedisConnections redis, RedisKeys keys, HalfLives halfLives) {
        this.redis = redis;
        this.keys = keys;
        this.halfLives = halfLives;
    }

    /**
     * Notes reads.
     *
     * @param age of the reads, about
     */
    CompletionStage<Void> note(List<Touches.Note> reads, Duration age) {
        Map<Bucket, List<byte[]>> argsByBucket = new LinkedHashMap<>();
        for (Touches.Note read : reads) {
            Namespace namespace = read.namespace().name();
            List<byte[]> args =
                    argsByBucket.computeIfAbsent(
                            new Bucket(namespace, keys.bucketOf(namespace, read.key())),
                            _ -> new ArrayList<>(List.of(ascii(age.toMillis()))));
            args.add(read.key().value().getBytes(UTF_8));
            args.add(Terms.policy(read.namespace().policyOf(read.key()), halfLives.of(namespace)));
            args.add(ascii(read.reads()));
        }
        List<CompletableFuture<Long>> sent = new ArrayList<>();
        argsByBucket.forEach((bucket, args) ->
                sent.add(
                        redis.<Long>eval(
                                        Op.TOUCH,
                                        Script.TOUCH,
                                        ScriptOutputType.INTEGER,
                                        new byte[][] {keys.marker(bucket.namespace, bucket.number)},
                                        args.toArray(byte[][]::new))
                                .toCompletableFuture()));
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    }
}
