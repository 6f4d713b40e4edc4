/** Sources over HTTP: which origins may be asked, at which addresses, and what an answer means. */
@NullMarked
package io.freshet.engine.source.http;

import org.jspecify.annotations.NullMarked;
