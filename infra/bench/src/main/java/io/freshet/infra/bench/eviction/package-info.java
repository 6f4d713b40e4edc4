/**
 * Replays accesses against Freshet's eviction and Redis's own, on the same Redis and with the same
 * memory.
 */
@NullMarked
package io.freshet.infra.bench.eviction;

import org.jspecify.annotations.NullMarked;
