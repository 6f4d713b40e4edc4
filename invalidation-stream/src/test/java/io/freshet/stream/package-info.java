/** The service as it is deployed, on real servers. */
@NullMarked
package io.freshet.stream;

import org.jspecify.annotations.NullMarked;
