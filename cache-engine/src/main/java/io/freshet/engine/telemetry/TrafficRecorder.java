package io.freshet.engine.telemetry;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.Lookup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this node sees of its traffic, per namespace, since it was last asked: totals, the keys
 * asked for most, and what loads took.
 *
 * <p>Totals are exact. Hot keys come from a {@link SpaceSaving} of 1,024 counters, of which the 256
 * largest are told: of the requests that it is shown, a key with more than 1 in 1,024 always has a
 * counter, and its numbers are never too high, and too low by at most 1 in 1,024 of all. It is
 * shown every request until a namespace has 8,192 a second; after such a window a random one in k =
 * 2, 4, 8, ..., each counted k times: a key that was asked for c times is then told with a standard
 * error of the root of c × k, which is 9 % for c = 1,000 and k = 8.
 *
 * <p>Thread-safe. A request costs one striped addition and, of those shown, a short lock.
 */
public final class TrafficRecorder {

    /** Hot keys in one record at most. */
    static final int HOT_KEYS = 256;

    private static final int COUNTERS = 1_024;
    private static final int SHOWN_PER_SECOND = 8_192;

    private final String node;
    private final Map<Namespace, NamespaceTraffic> namespaces = new ConcurrentHashMap<>();

    /**
     * @param node name of this node
     */
    public TrafficRecorder(String node) {
        this.node = node;
    }

    /** What a read found: where nothing was cached, or that the key does not exist, is a miss. */
    public Lookup answered(Namespace namespace, EntryKey key, Lookup lookup) {
        switch (lookup) {
            case Lookup.Hit(_, var tier, _, _) -> {
                switch (tier) {
                    case L1, PENDING -> nearHit(namespace, key);
                    case L2 -> redisHit(namespace, key);
                    case SOURCE -> miss(namespace, key);
                }
            }
            case Lookup.Absent _ -> miss(namespace, key);
            case Lookup.Unavailable _ -> {}
        }
        return lookup;
    }

    /** An entry was found in this node's memory. */
    public void nearHit(Namespace namespace, EntryKey key) {
        of(namespace).nearHit(key);
    }

    /** An entry was found in Redis. */
    public void redisHit(Namespace namespace, EntryKey key) {
        of(namespace).redisHit(key);
    }

    /** No fresh entry was found. */
    public void miss(Namespace namespace, EntryKey key) {
        of(namespace).miss(key);
    }

    /** The source of a namespace was read. */
    public void loaded(Namespace namespace, Duration took) {
        of(namespace).load(took);
    }

    /**
     * Takes out what was seen since the last time, and begins anew. Namespaces without traffic are
     * left out.
     *
     * @param now end of the window
     * @param window its length
     */
    public List<Traffic> drain(Instant now, Duration window) {
        List<Traffic> seen = new ArrayList<>();
        namespaces.forEach((namespace, traffic) ->
                traffic.drain(node, namespace, now, window).ifPresent(seen::add));
        return seen;
    }

    private NamespaceTraffic of(Namespace namespace) {
        NamespaceTraffic traffic = namespaces.get(namespace);
        return traffic != null
                ? traffic
                : namespaces.computeIfAbsent(
                        namespace, _ -> new NamespaceTraffic(COUNTERS, SHOWN_PER_SECOND));
    }
}
