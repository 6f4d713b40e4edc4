package io.freshet.stream.audit;

import java.util.Arrays;
import java.util.List;

/**
 * How far a partition of the log is in the audit.
 *
 * @param nextOffset to be read next
 * @param seen by inbox partition, the highest offset that came by it; -1 for none. Records of one
 *     inbox partition stand in its order in the log, so a lower one is there for the second time
 */
record Progress(long nextOffset, List<Long> seen) {

    Progress {
        seen = List.copyOf(seen);
    }

    static Progress none(int inboxPartitions) {
        var nothing = new Long[inboxPartitions];
        Arrays.fill(nothing, -1L);
        return new Progress(0, List.of(nothing));
    }
}
