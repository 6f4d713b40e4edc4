package io.freshet.stream.kafka;

import io.freshet.stream.expansion.RowKey;
import io.freshet.stream.expansion.Rows;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Rows in a state store, which keeps its keys in the order of their bytes. */
record StoreRows(KeyValueStore<Bytes, byte[]> store) implements Rows {

    @Override
    public byte @Nullable [] get(RowKey key) {
        return store.get(Bytes.wrap(key.bytes()));
    }

    @Override
    public void put(RowKey key, byte[] value) {
        store.put(Bytes.wrap(key.bytes()), value);
    }

    @Override
    public void delete(RowKey key) {
        store.delete(Bytes.wrap(key.bytes()));
    }

    @Override
    public void scan(RowKey prefix, @Nullable RowKey after, Visitor visitor) {
        RowKey first = after == null ? prefix : after.next();
        try (var rows = from(first, prefix)) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                RowKey at = RowKey.of(row.key.get());
                if (!at.startsWith(prefix) || !visitor.visit(at, row.value)) {
                    return;
                }
            }
        }
    }

    /** Bounds of a range are inclusive: the row at the end may be shown, and is left out above. */
    @SuppressWarnings("NullAway") // Kafka takes null for an open bound
    private KeyValueIterator<Bytes, byte[]> from(RowKey first, RowKey prefix) {
        RowKey end = prefix.afterAllWithIt();
        return store.range(Bytes.wrap(first.bytes()), end == null ? null : Bytes.wrap(end.bytes()));
    }
}
