/** Tests of the package of the same name. */
@NullMarked
package io.freshet.stream.applier;

import org.jspecify.annotations.NullMarked;
