/**
 * Where values come from when they are not cached, as every service that loads them is told: {@code
 * freshet.postgres.*} and {@code freshet.http-sources.*}.
 */
@NullMarked
package io.freshet.settings.source;

import org.jspecify.annotations.NullMarked;
