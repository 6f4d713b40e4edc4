/**
 * The targets of the requirement documents, P-01 to P-10, measured on the running instance: a
 * closed loop of HTTP requests, beside the same loop with Redis alone.
 */
@NullMarked
package io.freshet.infra.bench.service;

import org.jspecify.annotations.NullMarked;
