/** The engine's Redis tier as the applier's target. */
@NullMarked
package io.freshet.stream.redis;

import org.jspecify.annotations.NullMarked;
