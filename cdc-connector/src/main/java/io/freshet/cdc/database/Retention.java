package io.freshet.cdc.database;

/**
 * The log that the server keeps for a slot.
 *
 * @param bytes that it keeps
 * @param mostBytes that it would keep before it gives the slot up ({@code max_slot_wal_keep_size});
 *     below zero: it keeps all, until the disk is full
 */
public record Retention(long bytes, long mostBytes) {

    private static final long MEGABYTE = 1L << 20;

    /** Whether the server would rather lose the slot than run out of disk. */
    public boolean isBounded() {
        return mostBytes >= 0;
    }

    /** What is wrong with it, and the statement that mends it; empty when nothing is. */
    public String warning(double share) {
        if (!isBounded()) {
            return "max_slot_wal_keep_size is -1: while change capture is away the server keeps all of"
                    + " its log, until its disk is full. Bound it: ALTER SYSTEM SET"
                    + " max_slot_wal_keep_size = '10GB'; SELECT pg_reload_conf()";
        }
        if (bytes <= share * mostBytes) {
            return "";
        }
        return ("the server keeps %d MB of its log for the replication slot and gives the slot up at"
                        + " %d MB (max_slot_wal_keep_size)")
                .formatted(bytes / MEGABYTE, mostBytes / MEGABYTE);
    }
}
