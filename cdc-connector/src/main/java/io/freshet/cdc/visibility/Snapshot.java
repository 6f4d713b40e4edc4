package io.freshet.cdc.visibility;

import java.util.Arrays;

/**
 * Which transactions a reader that starts now can see: PostgreSQL's {@code pg_snapshot}.
 *
 * <p>Transactions end once and for all, so what one snapshot sees every later one sees.
 */
public final class Snapshot {

    private final long xmin;
    private final long xmax;
    private final long[] inProgress;

    private Snapshot(long xmin, long xmax, long[] inProgress) {
        this.xmin = xmin;
        this.xmax = xmax;
        this.inProgress = inProgress;
    }

    /**
     * Reads the text form, {@code xmin:xmax:xip,xip,...}, of 64-bit transaction ids.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static Snapshot parse(String text) {
        String[] fields = text.split(":", -1);
        if (fields.length != 3) {
            throw new IllegalArgumentException("not a snapshot: " + text);
        }
        long[] inProgress =
                fields[2].isEmpty()
                        ? new long[0]
                        : Arrays.stream(fields[2].split(",", -1))
                                .mapToLong(Long::parseLong)
                                .toArray();
        Arrays.sort(inProgress);
        return new Snapshot(Long.parseLong(fields[0]), Long.parseLong(fields[1]), inProgress);
    }

    /** Whether the transaction has ended and its changes, if it committed, can be seen. */
    public boolean sees(long transaction) {
        if (transaction < xmin) {
            return true;
        }
        return transaction < xmax && Arrays.binarySearch(inProgress, transaction) < 0;
    }

    /** Whether every transaction that was under way in an earlier snapshot has ended. */
    public boolean seesAllOf(Snapshot earlier) {
        return Arrays.stream(earlier.inProgress).allMatch(this::sees);
    }

    /**
     * Gives a 32-bit transaction id, as the write-ahead log has it, the epoch that it must have
     * had.
     *
     * <p>Of the ids that end in these 32 bits it takes the one nearest to this snapshot's upper
     * bound: PostgreSQL keeps living transactions within 2^31 of each other. An id above the bound
     * is a transaction that this snapshot is too old to know.
     */
    public long extend(int transaction) {
        return xmax + (transaction - (int) xmax);
    }

    @Override
    public String toString() {
        String list = Arrays.toString(inProgress);
        return xmin + ":" + xmax + ":" + list.substring(1, list.length() - 1).replace(" ", "");
    }
}
