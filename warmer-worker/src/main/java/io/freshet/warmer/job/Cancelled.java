package io.freshet.warmer.job;

import io.freshet.contracts.event.WarmCancel;

/** Which of the latest jobs somebody has given up. Thread-safe. */
public final class Cancelled {

    private static final int REMEMBERED = 10_000;

    private final RecentIds ids = new RecentIds(REMEMBERED);

    public void add(WarmCancel cancel) {
        ids.add(cancel.id());
    }

    boolean contains(String job) {
        return ids.contains(job);
    }
}
