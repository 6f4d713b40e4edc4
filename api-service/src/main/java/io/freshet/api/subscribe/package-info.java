/**
 * Invalidations as server-sent events, for those who hold copies of their own. {@link
 * io.freshet.api.subscribe.Feed} hands what the node has put in force to every {@link
 * io.freshet.api.subscribe.Subscriber}; who was away reads on where he stopped, from the log.
 */
@NullMarked
package io.freshet.api.subscribe;

import org.jspecify.annotations.NullMarked;
