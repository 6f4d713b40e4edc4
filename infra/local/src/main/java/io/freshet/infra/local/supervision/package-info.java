/**
 * The life of a local instance: one keeper per part, and the supervisor that starts, watches and
 * stops them all.
 *
 * <p>A {@link io.freshet.infra.local.supervision.PartKeeper} owns one part's state and runs on its
 * own thread; the {@link io.freshet.infra.local.supervision.Supervisor} only reads those states,
 * publishes them and passes orders on.
 */
@NullMarked
package io.freshet.infra.local.supervision;

import org.jspecify.annotations.NullMarked;
