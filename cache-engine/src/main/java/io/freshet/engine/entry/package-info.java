/** What is cached: a header that says how fresh it is, and the value's bytes. */
@NullMarked
package io.freshet.engine.entry;

import org.jspecify.annotations.NullMarked;
