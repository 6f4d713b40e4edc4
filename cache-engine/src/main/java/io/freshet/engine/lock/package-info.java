/**
 * Locks for callers, with fencing tokens. A lock lives in the shared store and is as mortal as
 * that; the token does not: it is drawn while the lock is held, from a sequence that never goes
 * back, so whoever got the lock later has the greater token.
 */
@NullMarked
package io.freshet.engine.lock;

import org.jspecify.annotations.NullMarked;
