/**
 * Closed loops of requests, which one thread drives, and the table in which what they measured
 * stands beside what was aimed at.
 */
@NullMarked
package io.freshet.infra.bench.load;

import org.jspecify.annotations.NullMarked;
