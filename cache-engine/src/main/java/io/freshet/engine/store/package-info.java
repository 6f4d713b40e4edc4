/** The tier that all nodes share, as the protocol sees it; Redis implements it. */
@NullMarked
package io.freshet.engine.store;

import org.jspecify.annotations.NullMarked;
