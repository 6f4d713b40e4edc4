package io.freshet.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.Target;
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
 * The few keys that a simulation is about, by number: the first are rows of a database and are read
 * through, the others are put by callers. One tag, one pattern and the namespace hold all of a
 * namespace.
 */
final class SimKeys {

    static final int PARTITIONS = 2;
    static final Partitioning PARTITIONING = new Partitioning(PARTITIONS, PARTITIONS);
    static final Namespace SOURCED = new Namespace("n");
    static final Namespace PUT = new Namespace("p");
    static final List<Namespace> NAMESPACES = List.of(SOURCED, PUT);
    static final Tag TAG = new Tag("t");
    static final KeyPattern PATTERN = new KeyPattern("k*");
    static final Instant EXPIRY = Instant.EPOCH.plus(Duration.ofDays(1));
    static final List<Integer> SOURCED_ROWS = List.of(0, 1, 2);
    static final List<Integer> PUT_ROWS = List.of(3, 4);
    static final int COUNT = 5;

    /** Buckets of both namespaces, numbered through. */
    static final int BUCKETS = NAMESPACES.size() * PARTITIONS;

    private static final Set<Tag> TAGS = Set.of(TAG);
    private static final List<EntryKey> KEYS =
            IntStream.range(0, COUNT).mapToObj(i -> new EntryKey("k" + i)).toList();
    private static final int[] PARTITION =
            IntStream.range(0, COUNT)
                    .map(row -> PARTITIONING.partitionOf(namespaceOf(row), KEYS.get(row)))
                    .toArray();

    /** Of no row, one in each partition. */
    private static final List<EntryKey> NEIGHBOURS =
            IntStream.range(0, PARTITIONS).mapToObj(SimKeys::keyIn).toList();

    private SimKeys() {}

    private static EntryKey keyIn(int partition) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> new EntryKey("beside" + i))
                .filter(key -> PARTITIONING.partitionOf(SOURCED, key) == partition)
                .findFirst()
                .orElseThrow();
    }

    /** A key of no row in the partition of a row that is read through. */
    static EntryKey neighbourOf(EntryKey key) {
        return NEIGHBOURS.get(PARTITIONING.partitionOf(SOURCED, key));
    }

    static EntryKey key(int row) {
        return KEYS.get(row);
    }

    static Namespace namespaceOf(int row) {
        return isSourced(row) ? SOURCED : PUT;
    }

    static boolean isSourced(int row) {
        return row < SOURCED_ROWS.size();
    }

    /** The number of a key, or -1. */
    static int row(EntryKey key) {
        return KEYS.indexOf(key);
    }

    static List<Integer> rowsOf(Namespace namespace) {
        return namespace.equals(SOURCED) ? SOURCED_ROWS : PUT_ROWS;
    }

    /** Those that an invalidation of the target is about. */
    static List<Integer> rowsUnder(Target target) {
        return switch (target) {
            case Target.OfKey(_, var key) -> rowsOf(List.of(key));
            case Target.OfKeys(_, var keys) -> rowsOf(keys);
            case Target.OfTag _, Target.OfPattern _, Target.OfNamespace _ ->
                    rowsOf(target.namespace());
        };
    }

    private static List<Integer> rowsOf(List<EntryKey> keys) {
        return keys.stream().map(SimKeys::row).filter(row -> row >= 0).toList();
    }

    static int partitionOf(int row) {
        return PARTITION[row];
    }

    /** The bucket that holds a row, among {@link #BUCKETS}. */
    static int bucketOf(int row) {
        return bucket(namespaceOf(row), PARTITION[row]);
    }

    static int bucket(Namespace namespace, int number) {
        return (namespace.equals(SOURCED) ? 0 : PARTITIONS) + number;
    }

    static Entry entry(int value, Stamp stamp) {
        var header =
                EntryHeader.unloaded(EntryHeader.Kind.VALUE, stamp, Instant.EPOCH, EXPIRY, TAGS);
        return new Entry(header, bytes(value));
    }

    static byte[] bytes(int value) {
        return text(value).getBytes(US_ASCII);
    }

    /** A row of that version, to take the place of an entry. */
    static NewRow newRow(int version) {
        return new NewRow(text(version), TAGS);
    }

    private static String text(int value) {
        return Integer.toString(value);
    }

    static int valueOf(Entry entry) {
        return Integer.parseInt(new String(entry.value(), US_ASCII));
    }

    static Registration registration(int row, Entry entry) {
        EntryHeader header = entry.header();
        return new Registration(
                namespaceOf(row), key(row), header.stamp(), header.tags(), header.hardExpiry());
    }
}
