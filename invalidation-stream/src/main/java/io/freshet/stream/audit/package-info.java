/**
 * Writes down what was invalidated and what became of it, in PostgreSQL: {@link
 * io.freshet.stream.audit.AuditTrail} follows the log, in a consumer group of its own, and {@link
 * io.freshet.stream.audit.Effects} hears what the applier evicts. Neither holds anything up: the
 * log is read later while PostgreSQL is away, and how much later {@link
 * io.freshet.stream.audit.AuditLag} tells.
 */
@NullMarked
package io.freshet.stream.audit;

import org.jspecify.annotations.NullMarked;
