package io.freshet.stream.expansion;

/**
 * How much may be done at a time, so that a large purge never holds up a small event, and in a
 * second, so that it does not fill Kafka and Redis.
 *
 * @param rowsPerStep index rows that a step of fanning out looks at or removes
 * @param keysPerRecord keys in one eviction record
 * @param rowsPerSweep index rows that a step of removing expired ones looks at
 * @param keysPerSecond keys that fan-outs hand out, all together
 */
public record Pace(int rowsPerStep, int keysPerRecord, int rowsPerSweep, int keysPerSecond) {

    /** That of nobody who has to be waited for. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** One in so many rows of a step is a key that may be forgotten, for nobody waits for that. */
    private static final int UNHURRIED = 50;

    /** The same while another fan-out waits for it. */
    private static final int HURRIED = 4;

    public Pace {
        if (rowsPerStep < 1 || keysPerRecord < 1 || rowsPerSweep < 1 || keysPerSecond < 1) {
            throw new IllegalArgumentException("a pace is at least 1");
        }
    }

    /** Keys that a fan-out forgets in a step. */
    int keysForgottenPerStep(boolean hurried) {
        return Math.max(1, rowsPerStep / (hurried ? HURRIED : UNHURRIED));
    }
}
