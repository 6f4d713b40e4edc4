package io.freshet.engine;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.eviction.Usage;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds of a namespace, by its accounts. Thread-safe; nothing blocks; stages fail
 * with {@link io.freshet.engine.store.StoreUnavailableException}.
 */
public interface Inventory {

    /** How much there is, and what went. */
    CompletionStage<Usage> usage(NamespaceConfig namespace);

    /**
     * A page of the keys that have not expired. Each one that is there throughout is on some page.
     *
     * @param pattern null for all
     * @param from where the page before ended; null for the first
     * @param limit keys at the most
     */
    CompletionStage<KeyPage> keys(
            NamespaceConfig namespace,
            @Nullable KeyPattern pattern,
            @Nullable Cursor from,
            int limit);

    /** What is known of an entry; empty where there is none that has not expired. */
    CompletionStage<Optional<Metadata>> metadata(NamespaceConfig namespace, EntryKey key);

    /**
     * Some keys.
     *
     * @param next where to go on; null at the end
     */
    record KeyPage(List<EntryKey> keys, @Nullable Cursor next) {

        public KeyPage {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A place in the keys of a namespace.
     *
     * @param number in the order of expiry within the bucket
     * @param known keys at that very number that were shown
     */
    record Cursor(int bucket, long number, int known) {

        public static final Cursor START = new Cursor(0, 0, 0);

        public Cursor {
            if (bucket < 0 || number < 0 || known < 0) {
                throw new IllegalArgumentException("a cursor is not negative");
            }
        }
    }

    /**
     * What is known of an entry.
     *
     * @param size in bytes, header included
     * @param reads how often it was read, roughly
     * @param idle time since it was used last, to the second
     */
    record Metadata(EntryHeader header, long size, long reads, Duration idle) {}
}
