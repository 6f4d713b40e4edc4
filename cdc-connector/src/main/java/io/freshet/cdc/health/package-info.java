/** What the health endpoint tells of change capture. */
@NullMarked
package io.freshet.cdc.health;

import org.jspecify.annotations.NullMarked;
