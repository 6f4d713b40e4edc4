/** Every metric of the service, declared once, and the numbers that {@code /stats} tells. */
@NullMarked
package io.freshet.api.metrics;

import org.jspecify.annotations.NullMarked;
