package io.freshet.engine;

import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.position.InboxPosition;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of a read.
 *
 * @param skipNear whether this node's memory is passed by
 * @param onlyIfCached whether a miss is answered as such, with a token, instead of being loaded
 * @param after an invalidation that must be in force, as its answer named it
 * @param minLsn a commit that must be seen
 */
public record ReadOptions(
        boolean skipNear,
        boolean onlyIfCached,
        @Nullable InboxPosition after,
        @Nullable Lsn minLsn) {

    public static final ReadOptions DEFAULT = new ReadOptions(false, false, null, null);

    /** The same, but a miss is answered as such. */
    public ReadOptions withoutLoading() {
        return new ReadOptions(skipNear, true, after, minLsn);
    }
}
