package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Instant;
import java.util.List;

/**
 * A request to load entries before they are asked for, on {@code freshet.warm-jobs}.
 *
 * @param id names the job in its progress
 * @param requestedBy principal or trigger
 */
public record WarmJob(
        String id, Namespace namespace, Selection selection, String requestedBy, Instant at) {

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
    }
}
