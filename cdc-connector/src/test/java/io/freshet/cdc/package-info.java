/** Tests of the deployable. */
@NullMarked
package io.freshet.cdc;

import org.jspecify.annotations.NullMarked;
