/** Events on their way into the inbox, {@code freshet.invalidations}. */
@NullMarked
package io.freshet.cdc.publish;

import org.jspecify.annotations.NullMarked;
