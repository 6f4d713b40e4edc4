/** Rules: which row changes make which entries wrong. Pure; knows neither Debezium nor JDBC. */
@NullMarked
package io.freshet.cdc.rule;

import org.jspecify.annotations.NullMarked;
