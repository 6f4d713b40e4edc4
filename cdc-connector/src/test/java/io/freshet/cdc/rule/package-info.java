/** Tests of the rules. */
@NullMarked
package io.freshet.cdc.rule;

import org.jspecify.annotations.NullMarked;
