/** What the store holds: keys by pattern, and what is known of an entry. */
@NullMarked
package io.freshet.api.keys;

import org.jspecify.annotations.NullMarked;
