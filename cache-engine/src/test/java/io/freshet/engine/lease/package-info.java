@NullMarked
package io.freshet.engine.lease;

import org.jspecify.annotations.NullMarked;
