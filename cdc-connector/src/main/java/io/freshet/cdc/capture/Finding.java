package io.freshet.cdc.capture;

import io.freshet.cdc.rule.Match;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import org.jspecify.annotations.Nullable;

/** Something that a transaction makes wrong, and who says so. */
sealed interface Finding {

    Target target();

    Mode mode();

    /** The same, without what takes the place of what is wrong. */
    default Finding withoutRow() {
        return this;
    }

    default boolean hasRow() {
        return false;
    }

    /** Whether what is asked for is to be loaded anew at once. */
    default boolean isRefreshed() {
        return false;
    }

    /** A rule says so, of a row that changed. */
    record ByRule(Match match) implements Finding {

        @Override
        public Target target() {
            return match.target();
        }

        @Override
        public Mode mode() {
            return match.mode();
        }

        @Override
        public Finding withoutRow() {
            return hasRow() ? new ByRule(match.withoutRow()) : this;
        }

        @Override
        public boolean isRefreshed() {
            return match.refresh();
        }

        @Override
        public boolean hasRow() {
            return match.row() != null;
        }
    }

    /**
     * A call of a function of the schema {@code freshet} says so.
     *
     * @param caller the session's user, as the function wrote it
     */
    record ByCall(Target target, Mode mode, @Nullable String caller) implements Finding {}
}
