/** Tests of the package of the same name. */
@NullMarked
package io.freshet.stream.expansion;

import org.jspecify.annotations.NullMarked;
