/** What the services say to each other: one sealed family per topic. */
@NullMarked
package io.freshet.contracts.event;

import org.jspecify.annotations.NullMarked;
