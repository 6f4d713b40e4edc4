/**
 * Failures as RFC 9457 problem documents: their codes, how they come about, how they are written.
 */
@NullMarked
package io.freshet.api.problem;

import org.jspecify.annotations.NullMarked;
