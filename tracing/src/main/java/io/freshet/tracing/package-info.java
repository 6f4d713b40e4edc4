/** Spans to an OpenTelemetry collector. The only place that knows OpenTelemetry. */
@NullMarked
package io.freshet.tracing;

import org.jspecify.annotations.NullMarked;
