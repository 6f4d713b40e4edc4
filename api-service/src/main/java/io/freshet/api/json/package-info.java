/** Writing JSON documents, with values in them that are JSON already and are not parsed again. */
@NullMarked
package io.freshet.api.json;

import org.jspecify.annotations.NullMarked;
