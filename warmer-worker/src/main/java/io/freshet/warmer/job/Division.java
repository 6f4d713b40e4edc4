package io.freshet.warmer.job;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.id.EntryKey;
import java.util.ArrayList;
import java.util.List;

/**
 * How a job is divided among workers: into parts of consecutive keys, so that those that matter
 * most are all warmed first, and few enough that the progress of the parts stays small.
 */
final class Division {

    static final int SMALLEST_PART = 100;

    /** Keys of a part stay below Kafka's usual limit of a record, however long they are. */
    static final int LARGEST_PART = 1_000;

    private static final int USUAL_PARTS = 200;

    private Division() {}

    /** The parts; none when the job is small, or is a part itself. */
    static List<WarmJob> of(WarmJob job, List<EntryKey> keys) {
        if (job.part() != 0 || keys.size() <= SMALLEST_PART) {
            return List.of();
        }
        int size = Math.clamp(keys.size() / USUAL_PARTS, SMALLEST_PART, LARGEST_PART);
        List<WarmJob> parts = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += size) {
            parts.add(
                    job.part(
                            parts.size() + 1,
                            keys.subList(from, Math.min(from + size, keys.size()))));
        }
        return parts;
    }
}
