package io.freshet.api.replay;

import io.freshet.api.json.JsonWriter;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.log.LogPositions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a replay is.
 *
 * @param namespace null for all
 * @param from where it begins
 * @param total records of the log to be read, all kinds
 * @param read how many were
 * @param published invalidations that are in the inbox again
 * @param lost whether a part of the log is lost that it should have read
 * @param problem why it failed; null when it has not
 */
record ReplayProgress(
        String id,
        String node,
        State state,
        @Nullable Namespace namespace,
        LogPositions from,
        long total,
        long read,
        long published,
        boolean lost,
        @Nullable String problem) {

    enum State {
        RUNNING,
        DONE,
        CANCELLED,
        FAILED
    }

    JsonWriter toJson() {
        var json =
                new JsonWriter()
                        .beginObject()
                        .name("job")
                        .plain(id)
                        .name("node")
                        .value(node)
                        .name("state")
                        .plain(state.name().toLowerCase(Locale.ROOT))
                        .name("from")
                        .plain(from.toString());
        if (namespace != null) {
            json.name("namespace").value(namespace.value());
        }
        json.name("total")
                .value(total)
                .name("read")
                .value(read)
                .name("published")
                .value(published)
                .name("lost")
                .value(lost);
        if (problem != null) {
            json.name("problem").value(problem);
        }
        return json.endObject();
    }
}
