/**
 * What was written and what was read, on one clock, and the verdict on it. Pure: no thread, no
 * server, no clock of its own.
 */
@NullMarked
package io.freshet.infra.check.history;

import org.jspecify.annotations.NullMarked;
