/** The tier in the memory of a node. */
@NullMarked
package io.freshet.engine.near;

import org.jspecify.annotations.NullMarked;
