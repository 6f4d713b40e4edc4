/**
 * Lists, sets, hashes and counters, in namespaces without a source: there the cache is the truth.
 *
 * <p>What is kept of one is an ordinary entry, its sidecar, with the structure itself beside it in
 * Redis. The sidecar is stamped, registered, judged, evicted and counted as any entry is. No node
 * keeps a structure in its memory, so a change has to be announced to nobody; only where one begins
 * may another node remember a value that stood under the key before.
 */
@NullMarked
package io.freshet.engine.structure;

import org.jspecify.annotations.NullMarked;
