/**
 * The api-service: reads, writes and invalidations over REST.
 *
 * <p>{@link io.freshet.api.ApiService} is the program. A request comes in through {@code http}
 * (front door, token, routes by raw path), is answered by the package of its resource ({@code
 * entry}, {@code invalidation}, {@code warm}, {@code namespace}, {@code stats}, {@code health}),
 * and fails as a problem document of {@code problem}. {@code node} starts and stops the engine;
 * {@code config} only wires.
 */
@NullMarked
package io.freshet.api;

import org.jspecify.annotations.NullMarked;
