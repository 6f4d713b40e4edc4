package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Instant;
import java.util.List;

/**
 * A request to load entries before they are asked for, or a part of one, on {@code
 * freshet.warm-jobs}.
 *
 * @param id names the job in its progress
 * @param part number of the part of a divided job, from 1; 0 for a job as it was asked for
 * @param requestedBy principal or trigger
 */
public record WarmJob(
        String id,
        int part,
        Namespace namespace,
        Selection selection,
        String requestedBy,
        Instant at) {

    /** One as it was asked for. */
    public WarmJob(
            String id, Namespace namespace, Selection selection, String requestedBy, Instant at) {
        this(id, 0, namespace, selection, requestedBy, at);
    }

    /** A part of this one. */
    public WarmJob part(int number, List<EntryKey> keys) {
        return new WarmJob(id, number, namespace, new Selection.Keys(keys), requestedBy, at);
    }

    /** Names the job or the part among all. */
    public String recordKey() {
        return part == 0 ? id : id + "/" + part;
    }

    /** Which entries. */
    public sealed interface Selection {

        /** These. */
        record Keys(List<EntryKey> keys) implements Selection {
            public Keys {
                keys = List.copyOf(keys);
            }
        }

        /** Those that telemetry says are asked for most. */
        record Top(int count) implements Selection {
            public Top {
                if (count < 1) {
                    throw new IllegalArgumentException("top must be at least 1");
                }
            }
        }

        /** Those that a query of the namespace names. */
        record Query(String name) implements Selection {}

        /** All that the namespace wants to be warm: its top, and its queries. */
        record Wanted() implements Selection {}
    }
}
