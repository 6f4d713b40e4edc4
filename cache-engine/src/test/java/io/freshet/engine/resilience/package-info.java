@NullMarked
package io.freshet.engine.resilience;

import org.jspecify.annotations.NullMarked;
