/** The catalog of namespaces in PostgreSQL, as this service reads it. */
@NullMarked
package io.freshet.stream.catalog;

import org.jspecify.annotations.NullMarked;
