/**
 * How each part is started: the embedded servers, and the services as processes out of their
 * executable jars.
 */
@NullMarked
package io.freshet.infra.local.launch;

import org.jspecify.annotations.NullMarked;
