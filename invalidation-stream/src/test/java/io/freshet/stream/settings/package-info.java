/** Tests of the package of the same name. */
@NullMarked
package io.freshet.stream.settings;

import org.jspecify.annotations.NullMarked;
