/** What was invalidated, by whom, and what became of it: read from PostgreSQL. */
@NullMarked
package io.freshet.api.audit;

import org.jspecify.annotations.NullMarked;
