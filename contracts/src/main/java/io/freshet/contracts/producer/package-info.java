/** How a record of the inbox proves who produced it. */
@NullMarked
package io.freshet.contracts.producer;

import org.jspecify.annotations.NullMarked;
