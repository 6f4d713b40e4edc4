package io.freshet.cdc.rule;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Target;
import org.jspecify.annotations.Nullable;

/**
 * Something that a row change makes wrong.
 *
 * @param rule the name of the rule that says so
 * @param row what takes its place; null when nothing does
 * @param refresh whether what is asked for is to be loaded anew at once
 */
public record Match(String rule, Target target, Mode mode, @Nullable NewRow row, boolean refresh) {

    /** One that is only invalidated. */
    public Match(String rule, Target target, Mode mode) {
        this(rule, target, mode, null, false);
    }

    /** The same, of which nothing takes the place. */
    public Match withoutRow() {
        return row == null ? this : new Match(rule, target, mode, null, refresh);
    }
}
