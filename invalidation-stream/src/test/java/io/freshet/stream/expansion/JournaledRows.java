package io.freshet.stream.expansion;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Rows whose writes since the last commit survive a crash only up to some point. */
final class JournaledRows implements Rows {

    private MemoryRows lasting = new MemoryRows();
    private MemoryRows current = new MemoryRows();
    private final List<Consumer<MemoryRows>> since = new ArrayList<>();

    void commit() {
        since.clear();
        lasting = current.copy();
    }

    void crash(RandomGenerator random) {
        current = lasting.copy();
        int survivors = random.nextInt(since.size() + 1);
        since.subList(survivors, since.size()).clear();
        since.forEach(write -> write.accept(current));
    }

    private void write(Consumer<MemoryRows> write) {
        since.add(write);
        write.accept(current);
    }

    int size() {
        return current.size();
    }

    @Override
    public byte @Nullable [] get(RowKey key) {
        return current.get(key);
    }

    @Override
    public void put(RowKey key, byte[] value) {
        write(rows -> rows.put(key, value));
    }

    @Override
    public void delete(RowKey key) {
        write(rows -> rows.delete(key));
    }

    @Override
    public void scan(RowKey prefix, @Nullable RowKey after, Visitor visitor) {
        current.scan(prefix, after, visitor);
    }
}
