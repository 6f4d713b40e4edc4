/** How the node is: for load balancers, for people, and for the probes of the management port. */
@NullMarked
package io.freshet.api.health;

import org.jspecify.annotations.NullMarked;
