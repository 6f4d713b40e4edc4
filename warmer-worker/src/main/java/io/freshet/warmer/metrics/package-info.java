/** What the worker tells of itself. */
@NullMarked
package io.freshet.warmer.metrics;

import org.jspecify.annotations.NullMarked;
