/**
 * What warming is worth: a share of the keys is {@linkplain io.freshet.warmer.worth.HoldOut held
 * out}, and {@link io.freshet.warmer.worth.Uplift} compares how often both groups are found.
 */
@NullMarked
package io.freshet.warmer.worth;

import org.jspecify.annotations.NullMarked;
