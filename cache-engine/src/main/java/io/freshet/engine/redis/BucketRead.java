package io.freshet.engine.redis;

import io.freshet.engine.entry.Entry;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.StoredEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of one bucket, null where there is none, and the bucket's marker. */
record BucketRead(List<@Nullable Entry> entries, @Nullable Marker marker) {

    StoredEntry entry(int index) {
        return new StoredEntry(entries.get(index), marker);
    }
}
