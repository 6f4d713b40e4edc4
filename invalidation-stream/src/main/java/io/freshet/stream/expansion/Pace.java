package io.freshet.stream.expansion;

/**
 * How much may be done at a time, so that a large purge never holds up a small event.
 *
 * @param rowsPerStep index rows that a step of fanning out looks at or removes
 * @param keysPerRecord keys in one eviction record
 * @param rowsPerSweep index rows that a step of removing expired ones looks at
 */
public record Pace(int rowsPerStep, int keysPerRecord, int rowsPerSweep) {

    public Pace {
        if (rowsPerStep < 1 || keysPerRecord < 1 || rowsPerSweep < 1) {
            throw new IllegalArgumentException("a pace is at least 1");
        }
    }
}
