/**
 * The truth verifier: samples keys, reads them from every node as a client does, and holds the
 * answers against what the source says.
 *
 * <p>The judgement ({@link io.freshet.warmer.verify.Sample}, {@link
 * io.freshet.warmer.verify.Finding}, {@link io.freshet.warmer.verify.Cause}, {@link
 * io.freshet.warmer.verify.Consistency}) is pure. {@link io.freshet.warmer.verify.Verifier} gives
 * it its time and asks the world, which is behind {@link io.freshet.warmer.verify.Nodes}, {@link
 * io.freshet.warmer.verify.Truth} and {@link io.freshet.warmer.verify.Trail}.
 */
@NullMarked
package io.freshet.warmer.verify;

import org.jspecify.annotations.NullMarked;
