/**
 * The worker's ends of the Kafka topics: jobs and telemetry in, progress out. Nothing else in this
 * module touches Kafka clients.
 */
@NullMarked
package io.freshet.warmer.kafka;

import org.jspecify.annotations.NullMarked;
