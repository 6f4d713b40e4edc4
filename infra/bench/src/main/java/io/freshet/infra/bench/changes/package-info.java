/** How many row changes a second the pipeline takes, and how long a large transaction takes. */
@NullMarked
package io.freshet.infra.bench.changes;

import org.jspecify.annotations.NullMarked;
