/** The load: who writes, invalidates and reads, at the same time, and notes it in the history. */
@NullMarked
package io.freshet.infra.check.load;

import org.jspecify.annotations.NullMarked;
