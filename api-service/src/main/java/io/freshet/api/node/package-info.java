/** The engine inside this service: how it starts, whether it runs, how it stops. */
@NullMarked
package io.freshet.api.node;

import org.jspecify.annotations.NullMarked;
