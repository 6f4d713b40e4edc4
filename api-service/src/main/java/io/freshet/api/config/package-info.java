/** Wiring, and nothing else. */
@NullMarked
package io.freshet.api.config;

import org.jspecify.annotations.NullMarked;
