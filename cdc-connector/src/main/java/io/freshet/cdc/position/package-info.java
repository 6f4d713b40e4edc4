/** Where change capture stands, remembered in Kafka, and what that says of losses. */
@NullMarked
package io.freshet.cdc.position;

import org.jspecify.annotations.NullMarked;
