/** How soon a cold cache is warm again, with and without the warmer. */
@NullMarked
package io.freshet.infra.bench.warming;

import org.jspecify.annotations.NullMarked;
