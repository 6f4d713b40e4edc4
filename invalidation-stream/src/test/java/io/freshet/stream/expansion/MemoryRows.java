package io.freshet.stream.expansion;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows in memory, which a crash can be acted on by copying. */
public final class MemoryRows implements Rows {

    private final TreeMap<RowKey, byte[]> rows = new TreeMap<>();

    MemoryRows copy() {
        var copy = new MemoryRows();
        copy.rows.putAll(rows);
        return copy;
    }

    int size() {
        return rows.size();
    }

    @Override
    public byte @Nullable [] get(RowKey key) {
        return rows.get(key);
    }

    @Override
    public void put(RowKey key, byte[] value) {
        rows.put(key, value);
    }

    @Override
    public void delete(RowKey key) {
        rows.remove(key);
    }

    @Override
    public void scan(RowKey prefix, @Nullable RowKey after, Visitor visitor) {
        var from = after == null ? rows.tailMap(prefix, true) : rows.tailMap(after, false);
        for (var row : from.entrySet()) {
            if (!row.getKey().startsWith(prefix) || !visitor.visit(row.getKey(), row.getValue())) {
                return;
            }
        }
    }
}
