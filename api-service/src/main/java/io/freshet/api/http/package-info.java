/**
 * The way of a request through the service: token, raw path, route. Paths and queries are decoded
 * here, strictly, and nowhere else: frameworks drop {@code ;} parameters and mend broken UTF-8,
 * which would make two keys one.
 */
@NullMarked
package io.freshet.api.http;

import org.jspecify.annotations.NullMarked;
