/**
 * The paths of the protocol: reading, loading and filling, writing, invalidating. Asynchronous over
 * the interfaces of {@code store}, {@code log} and {@code source}; no thread and no clock of their
 * own, so that a simulation runs these very classes.
 */
@NullMarked
package io.freshet.engine.read;

import org.jspecify.annotations.NullMarked;
