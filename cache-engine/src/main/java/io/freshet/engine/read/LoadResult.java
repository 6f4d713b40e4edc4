package io.freshet.engine.read;

import io.freshet.engine.Lookup;
import io.freshet.engine.entry.Entry;
import org.jspecify.annotations.Nullable;

/** What a load brought. */
sealed interface LoadResult {

    /**
     * What the source has; its header's stamp is the position up to which it is known to be true.
     *
     * @param cached whether the store holds it now
     */
    record Done(Entry entry, boolean cached) implements LoadResult {}

    /** What somebody else loaded meanwhile, as the store has it; judged, and not read here. */
    record Shared(Entry entry) implements LoadResult {}

    /** The source could not be read. */
    record Failed(Lookup.Reason reason, @Nullable String detail) implements LoadResult {}
}
