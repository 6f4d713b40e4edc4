/** The description of the API for programs. */
@NullMarked
package io.freshet.api.openapi;

import org.jspecify.annotations.NullMarked;
