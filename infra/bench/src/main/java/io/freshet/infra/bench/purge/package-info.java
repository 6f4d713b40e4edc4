/** How soon a purge is in force, how fast what it purged is gone, and what readers feel of it. */
@NullMarked
package io.freshet.infra.bench.purge;

import org.jspecify.annotations.NullMarked;
