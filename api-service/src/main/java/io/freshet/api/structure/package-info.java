/** Lists, sets, hashes and counters: one resource for each, beside that of the key. */
@NullMarked
package io.freshet.api.structure;

import org.jspecify.annotations.NullMarked;
