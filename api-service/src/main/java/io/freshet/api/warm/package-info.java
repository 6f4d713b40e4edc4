/** Warm jobs: asking for them, and telling how far they are. Workers run them. */
@NullMarked
package io.freshet.api.warm;

import org.jspecify.annotations.NullMarked;
