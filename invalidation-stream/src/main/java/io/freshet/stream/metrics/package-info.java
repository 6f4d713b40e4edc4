/** The metrics of this service, each declared once. */
@NullMarked
package io.freshet.stream.metrics;

import org.jspecify.annotations.NullMarked;
