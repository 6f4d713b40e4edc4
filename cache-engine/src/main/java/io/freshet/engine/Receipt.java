package io.freshet.engine;

import io.freshet.contracts.position.InboxPosition;

/**
 * What an invalidation answers.
 *
 * @param token a read that names it is never older than the invalidation
 * @param enforced whether it was already in force on this node when the answer was given
 */
public record Receipt(InboxPosition token, boolean enforced) {}
