/**
 * Publish after visible: the rule that an invalidation enters the log only when a new reader of the
 * database can see the change. Pure; knows neither Debezium nor JDBC nor a clock of its own.
 */
@NullMarked
package io.freshet.cdc.visibility;

import org.jspecify.annotations.NullMarked;
