/** Which keys are worth warming: decayed counts of what is asked for, in bounded memory. */
@NullMarked
package io.freshet.warmer.popularity;

import org.jspecify.annotations.NullMarked;
