/**
 * The command line of local mode, behind the {@code freshet} script.
 *
 * <p>{@code up} starts a supervisor as a process of its own and watches it; the other commands read
 * what the supervisor publishes and give it orders. So a Ctrl-C never reaches the parts: only the
 * supervisor stops them, in order.
 */
@NullMarked
package io.freshet.infra.local;

import org.jspecify.annotations.NullMarked;
