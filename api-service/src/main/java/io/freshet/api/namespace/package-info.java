/** Which namespaces requests may name, and how they are shown. */
@NullMarked
package io.freshet.api.namespace;

import org.jspecify.annotations.NullMarked;
