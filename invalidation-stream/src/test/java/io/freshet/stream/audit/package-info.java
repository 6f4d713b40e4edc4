/** Tests of the package of the same name. */
@NullMarked
package io.freshet.stream.audit;

import org.jspecify.annotations.NullMarked;
