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

    /**
     * Announces that entries were replaced; done when every in-sync replica knows, failed when
     * Kafka does not take it in time. Keys that are announced at one time may share a record.
     */
    default CompletionStage<Void> announce(Event.Replaced replaced) {
        return publish(replaced).thenAccept(_ -> {});
    }
}
