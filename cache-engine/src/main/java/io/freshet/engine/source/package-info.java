/** Where values come from when they are not cached. */
@NullMarked
package io.freshet.engine.source;

import org.jspecify.annotations.NullMarked;
