package io.freshet.simulation;

import io.freshet.stream.expansion.RowKey;
import io.freshet.stream.expansion.Rows;
import io.freshet.stream.expansion.Tables;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table in memory, in key order. */
final class SimRows implements Rows {

    private final boolean overwriting;
    private final TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);

    /**
     * @param keepingNewer whether the index learns of newer registrations of a key that it has
     */
    static Tables tables(boolean keepingNewer) {
        return new Tables(
                new SimRows(keepingNewer),
                newTable(),
                newTable(),
                newTable(),
                newTable(),
                newTable(),
                newTable());
    }

    private static SimRows newTable() {
        return new SimRows(true);
    }

    private SimRows(boolean overwriting) {
        this.overwriting = overwriting;
    }

    @Override
    public byte @Nullable [] get(RowKey key) {
        return rows.get(key.bytes());
    }

    @Override
    public void put(RowKey key, byte[] value) {
        if (overwriting) {
            rows.put(key.bytes(), value);
        } else {
            rows.putIfAbsent(key.bytes(), value);
        }
    }

    @Override
    public void delete(RowKey key) {
        rows.remove(key.bytes());
    }

    @Override
    public void scan(RowKey prefix, @Nullable RowKey after, Visitor visitor) {
        byte[] begin = prefix.bytes();
        var from = after == null ? rows.tailMap(begin, true) : rows.tailMap(after.bytes(), false);
        for (var row : from.entrySet()) {
            if (!startsWith(row.getKey(), begin)
                    || !visitor.visit(RowKey.of(row.getKey()), row.getValue())) {
                return;
            }
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void clear() {
        rows.clear();
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
