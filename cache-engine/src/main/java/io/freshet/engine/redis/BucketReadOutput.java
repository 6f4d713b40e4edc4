package io.freshet.engine.redis;

import io.freshet.engine.entry.CorruptEntryException;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryCodec;
import io.freshet.engine.store.Marker;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code MGET entry.. marker}, decoded from the buffer that it was received into: a
 * value is copied once. What is no entry counts as absent.
 */
final class BucketReadOutput extends CommandOutput<byte[], byte[], BucketRead> {

    private final List<@Nullable Entry> entries;
    private final int expected;
    private final Consumer<CorruptEntryException> onCorrupt;
    private int seen;
    private @Nullable Marker marker;

    BucketReadOutput(int entries, Consumer<CorruptEntryException> onCorrupt) {
        super(ByteArrayCodec.INSTANCE, NOTHING);
        this.entries = new ArrayList<>(entries);
        this.expected = entries;
        this.onCorrupt = onCorrupt;
    }

    private static final BucketRead NOTHING = new BucketRead(List.of(), null);

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        if (seen++ < expected) {
            entries.add(bytes == null ? null : decode(bytes));
        } else {
            marker = MarkerFormat.decode(bytes);
        }
    }

    @Override
    public BucketRead get() {
        return new BucketRead(entries, marker);
    }

    private @Nullable Entry decode(ByteBuffer bytes) {
        try {
            return EntryCodec.decode(bytes);
        } catch (CorruptEntryException e) {
            onCorrupt.accept(e);
            return null;
        }
    }
}
