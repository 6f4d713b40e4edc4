/**
 * What keeps a slow or broken server from taking its callers with it: a circuit, which stops asking
 * it for a while, and turns, which bound how many ask at one time. Knows no server.
 */
@NullMarked
package io.freshet.engine.resilience;

import org.jspecify.annotations.NullMarked;
