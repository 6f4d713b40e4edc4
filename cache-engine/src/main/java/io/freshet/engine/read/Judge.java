package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.LogPosition;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/** Judges what the store holds: by what this node knows of the log, and by its times. */
class Judge {

    private final LogView view;
    private final Ageing ageing;

    Judge(LogView view, Ageing ageing) {
        this.view = view;
        this.ageing = ageing;
    }

    /** One that judges as another does. */
    Judge(Judge other) {
        this(other.view, other.ageing);
    }

    /**
     * Judges.
     *
     * @param noted the position before the store was asked
     * @return null when there is nothing
     */
    @Nullable Judged of(
            NamespaceConfig namespace, EntryKey key, StoredEntry stored, LogPosition noted) {
        Entry entry = stored.entry();
        if (entry == null) {
            return null;
        }
        LogPosition at = view.position(namespace.name(), key);
        Verdict verdict = view.judgeStored(namespace.name(), key, entry.header(), stored.marker());
        LogPosition trueAt = namespace.source() == null ? noted : at;
        Entry stamped =
                verdict == Verdict.FRESH
                        ? new Entry(entry.header().withStamp(trueAt.stamp()), entry.value())
                        : entry;
        return new Judged(
                stamped, stored.marker(), verdict, ageing.of(namespace, key, entry.header()));
    }

    /**
     * Whether an entry whose TTL is over may be answered in place of one that could not be loaded:
     * not if it has been invalidated, before it was judged or since.
     */
    boolean isLastResort(NamespaceConfig namespace, EntryKey key, Judged judged) {
        return judged.age() == Age.LAST_RESORT
                && judged.verdict() != Verdict.STALE
                && view.judgeStored(namespace.name(), key, judged.entry().header(), judged.marker())
                        != Verdict.STALE;
    }
}
