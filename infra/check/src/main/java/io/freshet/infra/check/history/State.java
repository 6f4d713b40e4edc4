package io.freshet.infra.check.history;

/** What a register was set to, or was seen to be. */
public sealed interface State {

    /** The row is not there. */
    State ABSENT = new Absent();

    /** The row is there. Each version is written once, and the versions of a register grow. */
    record Version(long number) implements State {

        @Override
        public String toString() {
            return "version " + number;
        }
    }

    /** There is no row. */
    record Absent() implements State {

        @Override
        public String toString() {
            return "absent";
        }
    }

    static State version(long number) {
        return new Version(number);
    }
}
