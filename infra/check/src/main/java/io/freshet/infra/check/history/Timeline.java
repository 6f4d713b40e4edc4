package io.freshet.infra.check.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The states of one register in the order in which they were committed, numbered from 0. What was
 * there before the first is number {@link #BEFORE}.
 */
final class Timeline {

    static final int BEFORE = -1;

    /** The number of a state that this register never had at that time. */
    static final int NEVER = -2;

    private final List<Write> writes;
    private final Map<Long, Integer> numbers = new HashMap<>();

    Timeline(List<Write> writes) {
        this.writes = writes;
        for (int number = 0; number < writes.size(); number++) {
            if (writes.get(number).state() instanceof State.Version(long version)) {
                numbers.put(version, number);
            }
        }
    }

    int size() {
        return writes.size();
    }

    Write write(int number) {
        return writes.get(number);
    }

    /** The newest state whose commit was acknowledged at or before an instant. */
    int acknowledgedBy(long instant) {
        int low = 0;
        int high = writes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (writes.get(middle).acknowledged() <= instant) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /**
     * Which state a read saw. An absence has no version: it is taken for the newest that may have
     * been committed when the read ended.
     */
    int seenBy(Read read) {
        return switch (read.state()) {
            case State.Absent _ -> newestAbsence(read.ended());
            case State.Version(long version) -> {
                Integer number = numbers.get(version);
                if (number == null) {
                    yield isOlderThanAll(version) ? BEFORE : NEVER;
                }
                yield writes.get(number).begun() <= read.ended() ? number : NEVER;
            }
        };
    }

    private int newestAbsence(long ended) {
        for (int number = writes.size() - 1; number >= 0; number--) {
            Write write = writes.get(number);
            if (write.begun() <= ended && write.state() instanceof State.Absent) {
                return number;
            }
        }
        return BEFORE;
    }

    private boolean isOlderThanAll(long version) {
        return numbers.keySet().stream().allMatch(known -> version < known);
    }
}
