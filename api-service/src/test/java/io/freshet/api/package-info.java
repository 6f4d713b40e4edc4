/** Tests of the service: its parts, its web layer over HTTP, and all of it on real servers. */
@NullMarked
package io.freshet.api;

import org.jspecify.annotations.NullMarked;
