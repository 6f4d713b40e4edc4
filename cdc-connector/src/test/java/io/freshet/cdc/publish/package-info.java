/** Tests of change capture on real servers. */
@NullMarked
package io.freshet.cdc.publish;

import org.jspecify.annotations.NullMarked;
