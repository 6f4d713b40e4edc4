/** How the verifier asks nodes: plain requests of a client. */
@NullMarked
package io.freshet.warmer.verify.rest;

import org.jspecify.annotations.NullMarked;
