/**
 * The service that orders invalidations into the log, turns them into evictions of keys, and
 * carries those out in Redis. This package only wires; start with {@link
 * io.freshet.stream.StreamService}, then read {@code routing}, {@code expansion} and {@code
 * applier}.
 */
@NullMarked
package io.freshet.stream;

import org.jspecify.annotations.NullMarked;
