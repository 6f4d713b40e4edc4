/** Reading JSON bodies strictly, so that a value keeps the bytes that it came with. */
@NullMarked
package io.freshet.api.body;

import org.jspecify.annotations.NullMarked;
