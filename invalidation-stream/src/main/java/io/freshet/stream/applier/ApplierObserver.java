package io.freshet.stream.applier;

import io.freshet.contracts.id.Namespace;
import java.util.Set;

/** Is told what an applier does and meets; for metrics and logs. Called on the applier's thread. */
public interface ApplierObserver {

    /** Entries went, were marked as stale, or rows took their place. */
    void applied(int removed, int marked, int written);

    /**
     * A bucket had not seen what was applied to it: the store lost a suffix; it is applied again.
     */
    void rewound(Namespace namespace, int bucket, long toOffset);

    /** A bucket's marker is gone that was there: the store lost its data. */
    void vanished(Namespace namespace, int bucket);

    /**
     * A bucket needs records that the topic keeps no more: evictions are lost, and its older
     * entries are trusted no more.
     */
    void expired(Namespace namespace, int bucket, long neededOffset, long firstOffset);

    /**
     * A bucket has seen more than the topic holds: the topic lost its data. Its older entries are
     * trusted no more.
     */
    void ahead(Namespace namespace, int bucket, long nextOffset, long endOffset);

    /** Other servers than before hold the store. They may have lost what the former ones had. */
    void serversChanged(Set<String> before, Set<String> now);
}
