/** Tests of the package of the same name. */
@NullMarked
package io.freshet.stream.catalog;

import org.jspecify.annotations.NullMarked;
