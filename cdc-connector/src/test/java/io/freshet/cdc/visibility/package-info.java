/** Tests of rule 1. */
@NullMarked
package io.freshet.cdc.visibility;

import org.jspecify.annotations.NullMarked;
