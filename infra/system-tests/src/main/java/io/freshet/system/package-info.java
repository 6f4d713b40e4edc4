/** The whole system: how its modules are built, and what they do together as real processes. */
@NullMarked
package io.freshet.system;

import org.jspecify.annotations.NullMarked;
