/**
 * From a commit to its enforcement: how long each stage of the pipeline takes, beside Debezium
 * alone.
 */
@NullMarked
package io.freshet.infra.bench.latency;

import org.jspecify.annotations.NullMarked;
