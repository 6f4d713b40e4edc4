/** Places in the logs: stamps and positions of the invalidation log, offsets of its inbox. */
@NullMarked
package io.freshet.contracts.position;

import org.jspecify.annotations.NullMarked;
