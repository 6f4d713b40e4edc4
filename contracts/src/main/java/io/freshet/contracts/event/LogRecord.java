package io.freshet.contracts.event;

import io.freshet.contracts.position.InboxPosition;

/**
 * A record of {@code freshet.log}: an event and the place in the inbox that it came by.
 *
 * <p>Records that came by one inbox partition stand in its order in every log partition.
 */
public record LogRecord(Event event, InboxPosition via) {}
