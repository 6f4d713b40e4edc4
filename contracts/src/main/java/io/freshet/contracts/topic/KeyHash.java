package io.freshet.contracts.topic;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;

/**
 * 64-bit hashes of names, the same in every process and version: FNV-1a over UTF-16 units, then
 * MurmurHash3's finaliser. They decide where a key lives, so changing them is a new epoch.
 */
public final class KeyHash {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private KeyHash() {}

    public static long of(Namespace namespace, EntryKey key) {
        return mix(add(add(OFFSET, namespace.value()) * PRIME, key.value()));
    }

    /** Of a tag, in a space apart from that of keys. */
    public static long of(Namespace namespace, Tag tag) {
        return mix(add((add(OFFSET, namespace.value()) ^ 0xFFFF) * PRIME, tag.value()));
    }

    private static long add(long hash, String text) {
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    private static long mix(long h) {
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
