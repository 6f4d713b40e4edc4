/** Commands about rules, for whoever writes them: {@code ./freshet rules}. */
@NullMarked
package io.freshet.cdc.command;

import org.jspecify.annotations.NullMarked;
