/**
 * What a change's way through the system is told by: W3C trace context in the headers of records,
 * and the port that spans are told to. No tracing library is known here.
 */
@NullMarked
package io.freshet.contracts.trace;

import org.jspecify.annotations.NullMarked;
