/**
 * The worker that loads entries before they are asked for.
 *
 * <p>It hears from every node what is asked for ({@code popularity}), takes warm jobs ({@code
 * kafka}) and carries them out within a budget ({@code job}), through the same fill as any read.
 */
@NullMarked
package io.freshet.warmer;

import org.jspecify.annotations.NullMarked;
