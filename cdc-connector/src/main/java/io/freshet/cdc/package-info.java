/** cdc-connector: the commit log of the database becomes invalidation events. Wiring only. */
@NullMarked
package io.freshet.cdc;

import org.jspecify.annotations.NullMarked;
