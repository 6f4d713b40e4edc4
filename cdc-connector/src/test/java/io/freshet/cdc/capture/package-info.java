/** Tests of change capture on real servers. */
@NullMarked
package io.freshet.cdc.capture;

import org.jspecify.annotations.NullMarked;
