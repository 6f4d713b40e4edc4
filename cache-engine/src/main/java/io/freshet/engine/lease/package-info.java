/**
 * Leases on keys: of all who miss a key in a cluster one loads it, and the others wait for what it
 * brings. A lease saves work and decides nothing: whoever was given a value by another judges it as
 * any other, and who gets no lease loads all the same.
 */
@NullMarked
package io.freshet.engine.lease;

import org.jspecify.annotations.NullMarked;
