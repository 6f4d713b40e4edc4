package io.freshet.engine.store;

import io.freshet.contracts.position.Stamp;

/**
 * What a PUT into a namespace without a source did; it is never refused.
 *
 * @param created whether there was no entry before
 * @param stamp that the entry now carries: the largest of the writer's position, the stamp of the
 *     entry before and the bucket's {@code begun}
 */
public record PutOutcome(boolean created, Stamp stamp) {}
