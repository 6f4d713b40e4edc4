package io.freshet.simulation;

import io.freshet.contracts.event.Registration;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The few keys that a simulation is about: one tag, one pattern and one namespace hold them all.
 */
final class SimKeys {

    static final int COUNT = 3;
    static final int PARTITIONS = 2;
    static final Partitioning PARTITIONING = new Partitioning(PARTITIONS, PARTITIONS);
    static final Namespace NAMESPACE = new Namespace("n");
    static final Tag TAG = new Tag("t");
    static final KeyPattern PATTERN = new KeyPattern("k*");
    static final Instant EXPIRY = Instant.EPOCH.plus(Duration.ofHours(1));
    static final List<Integer> ALL = IntStream.range(0, COUNT).boxed().toList();

    private static final List<EntryKey> KEYS =
            IntStream.range(0, COUNT).mapToObj(i -> new EntryKey("k" + i)).toList();
    private static final int[] PARTITION =
            KEYS.stream().mapToInt(key -> PARTITIONING.partitionOf(NAMESPACE, key)).toArray();

    private SimKeys() {}

    static EntryKey key(int row) {
        return KEYS.get(row);
    }

    /** Version 0, stamped before the log began. */
    static Entry entryFromBefore() {
        var header =
                new EntryHeader(
                        EntryHeader.Kind.VALUE,
                        Stamp.of(1, 0),
                        Stamp.ZERO,
                        Instant.EPOCH,
                        EXPIRY,
                        EXPIRY,
                        Duration.ZERO,
                        EntryHeader.JSON,
                        Set.of(TAG));
        return new Entry(header, new byte[Integer.BYTES]);
    }

    static Registration registration(int row, Entry entry) {
        EntryHeader header = entry.header();
        return new Registration(
                NAMESPACE, key(row), header.stamp(), header.tags(), header.hardExpiry());
    }

    static int row(EntryKey key) {
        return KEYS.indexOf(key);
    }

    static int partitionOf(int row) {
        return PARTITION[row];
    }
}
