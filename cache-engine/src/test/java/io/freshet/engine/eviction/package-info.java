@NullMarked
package io.freshet.engine.eviction;

import org.jspecify.annotations.NullMarked;
