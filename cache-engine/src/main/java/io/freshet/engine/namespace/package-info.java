/** Logical caches and how they behave. */
@NullMarked
package io.freshet.engine.namespace;

import org.jspecify.annotations.NullMarked;
