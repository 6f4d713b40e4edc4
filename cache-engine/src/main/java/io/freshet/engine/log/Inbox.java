package io.freshet.engine.log;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.position.InboxPosition;
import java.util.concurrent.CompletionStage;

/** The way into {@code freshet.invalidations}. */
public interface Inbox {

    /**
     * Publishes; done when every in-sync replica has it.
     *
     * @return its place, which is the token that readers may wait for; fails when Kafka does not
     *     take it in time
     */
    CompletionStage<InboxPosition> publish(Event event);
}
