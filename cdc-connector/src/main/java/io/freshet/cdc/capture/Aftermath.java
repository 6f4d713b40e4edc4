package io.freshet.cdc.capture;

import io.freshet.cdc.position.Loss;
import io.freshet.cdc.visibility.Snapshot;
import java.util.List;

/**
 * Losses whose barriers must be raised once more.
 *
 * <p>A transaction that was under way when a slot began or a table joined the publication may have
 * changes that are not captured, and becomes visible only after the first barrier.
 *
 * @param since the transactions under way then; when all have ended the barriers are raised again
 */
record Aftermath(Snapshot since, List<Loss> losses) {

    Aftermath {
        losses = List.copyOf(losses);
    }
}
