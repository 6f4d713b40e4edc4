package io.freshet.infra.check.history;

import java.time.Duration;
import java.util.List;

/** An answer that should not have been given. */
public sealed interface Violation {

    Register register();

    Read read();

    /** What was written and read of the register around it, a line each. */
    List<String> around();

    /** In one sentence. */
    String text();

    /**
     * The answer did not know of a commit that it had to know of.
     *
     * @param missed the oldest commit that it had to know of and did not
     */
    record Outdated(Register register, Read read, Write missed, List<String> around)
            implements Violation {

        @Override
        public String text() {
            return "%s: %s answered %s, which had been replaced by %s %d ms before%s"
                    .formatted(
                            register,
                            read.by(),
                            read.state(),
                            missed.state(),
                            millis(read.started() - missed.acknowledged()),
                            read.demanded() == Read.NOTHING_DEMANDED
                                    ? ""
                                    : "; a commit known %d ms before was demanded"
                                            .formatted(millis(read.started() - read.demanded())));
        }
    }

    /** The answer showed what was never committed, or not yet. */
    record NeverCommitted(Register register, Read read, List<String> around) implements Violation {

        @Override
        public String text() {
            return "%s: %s answered %s, which was not committed"
                    .formatted(register, read.by(), read.state());
        }
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
