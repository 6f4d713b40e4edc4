/** Locks for callers, as a resource. */
@NullMarked
package io.freshet.api.lock;

import org.jspecify.annotations.NullMarked;
