/** The whole service, in this process, on real servers. */
@NullMarked
package io.freshet.api.it;

import org.jspecify.annotations.NullMarked;
