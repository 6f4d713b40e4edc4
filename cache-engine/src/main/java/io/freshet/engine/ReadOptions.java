package io.freshet.engine;

import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.position.InboxPosition;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of a read.
 *
 * @param skipNear whether this node's memory is passed by
 * @param onlyIfCached whether a miss is answered as such, with a token, instead of being loaded
 * @param probe whether the caller only observes: the answer is that of any other read, which is
 *     neither counted nor noted as a use, and begins no refresh
 * @param after an invalidation that must be in force, as its answer named it
 * @param minLsn a commit that must be seen
 */
public record ReadOptions(
        boolean skipNear,
        boolean onlyIfCached,
        boolean probe,
        @Nullable InboxPosition after,
        @Nullable Lsn minLsn) {

    public static final ReadOptions DEFAULT = new ReadOptions(false, false, null, null);

    /** Those of a read that counts. */
    public ReadOptions(
            boolean skipNear,
            boolean onlyIfCached,
            @Nullable InboxPosition after,
            @Nullable Lsn minLsn) {
        this(skipNear, onlyIfCached, false, after, minLsn);
    }

    /** The same, but a miss is answered as such. */
    public ReadOptions withoutLoading() {
        return new ReadOptions(skipNear, true, probe, after, minLsn);
    }

    /** The same, but of one who only observes. */
    public ReadOptions asProbe() {
        return new ReadOptions(skipNear, onlyIfCached, true, after, minLsn);
    }

    /** The same, but behind another invalidation. */
    public ReadOptions behind(InboxPosition invalidation) {
        return new ReadOptions(skipNear, onlyIfCached, probe, invalidation, minLsn);
    }
}
