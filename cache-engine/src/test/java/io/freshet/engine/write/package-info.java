@NullMarked
package io.freshet.engine.write;

import org.jspecify.annotations.NullMarked;
