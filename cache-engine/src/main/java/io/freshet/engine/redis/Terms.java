package io.freshet.engine.redis;

import static io.freshet.engine.redis.Numbers.ascii;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.eviction.HalfLife;
import io.freshet.engine.eviction.Quota;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.namespace.NamespaceConfig;

/** What scripts are told of a namespace: see {@code terms.lua}. */
final class Terms {

    private static final byte[] LRU = {'l'};
    private static final byte[] LFU_SHORT = {'e'};
    private static final byte[] LFU_MIDDLE = {'f'};
    private static final byte[] LFU_LONG = {'g'};
    private static final byte[] TTL = {'t'};
    private static final byte[] NONE = {'n'};

    private Terms() {}

    /** What may be evicted for a write. */
    enum Mode {
        /** Nothing: the caller asks other buckets first. */
        ASK(0),
        /** Entries of the same bucket, if it holds many. */
        IF_MANY(1),
        /** Entries of the same bucket. */
        ANY(2);

        private final int code;

        Mode(int code) {
            this.code = code;
        }
    }

    static byte[][] of(
            NamespaceConfig config,
            int bucket,
            int buckets,
            EntryKey key,
            HalfLife halfLife,
            Quota granted,
            Mode mode) {
        Quota bounds = Quota.of(config.bounds());
        Quota share = bounds.shareOf(bucket, buckets);
        return new byte[][] {
            policy(config.policyOf(key), halfLife),
            ascii(config.defaultTtl().toMillis() * 1000),
            ascii(bounds.entries()),
            ascii(bounds.bytes()),
            ascii(share.entries()),
            ascii(share.bytes()),
            ascii(granted.entries()),
            ascii(granted.bytes()),
            ascii(mode.code)
        };
    }

    /** Half-lives have a meaning under one policy only. */
    static byte[] policy(EvictionPolicy policy, HalfLife halfLife) {
        return switch (policy) {
            case LRU -> LRU;
            case LFU -> lfu(halfLife);
            case TTL -> TTL;
            case NONE -> NONE;
        };
    }

    private static byte[] lfu(HalfLife halfLife) {
        return switch (halfLife) {
            case SHORT -> LFU_SHORT;
            case MIDDLE -> LFU_MIDDLE;
            case LONG -> LFU_LONG;
        };
    }
}
