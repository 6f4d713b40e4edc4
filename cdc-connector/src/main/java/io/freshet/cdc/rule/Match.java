package io.freshet.cdc.rule;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Target;
import org.jspecify.annotations.Nullable;

/**
 * Something that a row change makes wrong.
 *
 * @param rule the name of the rule that says so
 * @param row what takes its place; null when it is only invalidated
 */
public record Match(String rule, Target target, Mode mode, @Nullable NewRow row) {

    /** One that is only invalidated. */
    public Match(String rule, Target target, Mode mode) {
        this(rule, target, mode, null);
    }

    /** The same, only invalidated. */
    public Match withoutRow() {
        return row == null ? this : new Match(rule, target, mode);
    }
}
