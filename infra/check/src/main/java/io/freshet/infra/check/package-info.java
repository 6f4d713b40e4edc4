/**
 * The history checker: it reads and writes like a client of a running instance, breaks what it is
 * told to break, and says whether an answer was ever older than is promised.
 *
 * <p>It shares no code with the services, so that it shares no mistake with them.
 */
@NullMarked
package io.freshet.infra.check;

import org.jspecify.annotations.NullMarked;
