/** The meters of change capture, declared once. */
@NullMarked
package io.freshet.cdc.metrics;

import org.jspecify.annotations.NullMarked;
