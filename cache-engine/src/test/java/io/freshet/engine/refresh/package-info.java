@NullMarked
package io.freshet.engine.refresh;

import org.jspecify.annotations.NullMarked;
