/** Tests of the package of the same name. */
@NullMarked
package io.freshet.stream.routing;

import org.jspecify.annotations.NullMarked;
