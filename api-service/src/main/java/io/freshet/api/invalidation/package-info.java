/** Invalidations over REST: by key, tag, pattern and of a whole namespace. */
@NullMarked
package io.freshet.api.invalidation;

import org.jspecify.annotations.NullMarked;
