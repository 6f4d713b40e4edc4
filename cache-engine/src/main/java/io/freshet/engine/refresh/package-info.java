/** Loading entries anew that were invalidated and are asked for. */
@NullMarked
package io.freshet.engine.refresh;

import org.jspecify.annotations.NullMarked;
