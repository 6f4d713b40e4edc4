/**
 * The story that {@code freshet demo} tells: what a client sees of a running instance, over REST
 * and SQL and nothing else.
 */
@NullMarked
package io.freshet.infra.local.demo;

import org.jspecify.annotations.NullMarked;
