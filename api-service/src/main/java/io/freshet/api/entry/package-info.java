/** Entries over REST: reads that copy bytes and parse nothing, strict writes, batches. */
@NullMarked
package io.freshet.api.entry;

import org.jspecify.annotations.NullMarked;
