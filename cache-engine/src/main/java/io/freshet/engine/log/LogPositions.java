package io.freshet.engine.log;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How far each partition of the log is read: a place in the whole of it.
 *
 * @param epoch of the log
 * @param positions by partition: how many of its records are behind
 */
public record LogPositions(int epoch, List<Long> positions) {

    public LogPositions {
        positions = List.copyOf(positions);
        if (epoch < 0 || positions.stream().anyMatch(position -> position < 0)) {
            throw new IllegalArgumentException("negative: " + epoch + ":" + positions);
        }
    }

    static LogPositions of(int epoch, long... positions) {
        return new LogPositions(epoch, LongStream.of(positions).boxed().toList());
    }

    /**
     * Reads {@code epoch:position.position...}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static LogPositions parse(String text) {
        String[] halves = text.split(":", -1);
        if (halves.length == 2) {
            try {
                var positions = new ArrayList<Long>();
                for (String position : halves[1].split("\\.", -1)) {
                    positions.add(Long.valueOf(position));
                }
                return new LogPositions(Integer.parseInt(halves[0]), positions);
            } catch (NumberFormatException _) {
                // Answered below.
            }
        }
        throw new IllegalArgumentException("a place in the log is epoch:position.position...");
    }

    public long of(int partition) {
        return positions.get(partition);
    }

    /** With one partition read further. */
    public LogPositions with(int partition, long position) {
        var moved = new ArrayList<>(positions);
        moved.set(partition, position);
        return new LogPositions(epoch, moved);
    }

    /** Whether both are of the same log, partition by partition. */
    public boolean isComparableWith(LogPositions other) {
        return epoch == other.epoch && positions.size() == other.positions.size();
    }

    /** Whether no partition is read further here than there. */
    public boolean isWithin(LogPositions other) {
        for (int p = 0; p < positions.size(); p++) {
            if (of(p) > other.of(p)) {
                return false;
            }
        }
        return true;
    }

    /** {@code epoch:position.position...}. */
    @Override
    public String toString() {
        return epoch
                + ":"
                + positions.stream().map(String::valueOf).collect(Collectors.joining("."));
    }
}
