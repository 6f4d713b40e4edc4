/**
 * What a node sees of its own traffic, and tells: totals per namespace and the keys asked for most,
 * in bounded memory.
 */
@NullMarked
package io.freshet.engine.telemetry;

import org.jspecify.annotations.NullMarked;
