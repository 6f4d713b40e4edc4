/** Tests of positions and losses. */
@NullMarked
package io.freshet.cdc.position;

import org.jspecify.annotations.NullMarked;
