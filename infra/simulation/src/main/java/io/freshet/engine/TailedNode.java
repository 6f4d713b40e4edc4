package io.freshet.engine;

import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.InboxProgress;
import io.freshet.engine.log.LogListener;
import io.freshet.engine.log.SeenCommits;
import io.freshet.engine.log.Watermarks;

/** What a node does with the log, without the tail that reads it. */
public final class TailedNode {

    private TailedNode() {}

    /** Listens as a node does. */
    public static LogListener listener(
            LogView view, Watermarks watermarks, InboxProgress progress, SeenCommits commits) {
        return new NodeLog(view, watermarks, progress, commits, _ -> {});
    }
}
