/** Tests of the package of the same name. */
@NullMarked
package io.freshet.stream.kafka;

import org.jspecify.annotations.NullMarked;
