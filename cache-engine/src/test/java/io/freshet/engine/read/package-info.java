@NullMarked
package io.freshet.engine.read;

import org.jspecify.annotations.NullMarked;
