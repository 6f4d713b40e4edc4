package io.freshet.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * How current a node is for a namespace, and how current it has to be.
 *
 * @param source the database that is measured
 * @param age of the newest commit up to which everything is in force here, in the log partition
 *     that is furthest behind; empty until each has brought a heartbeat
 * @param window {@code max-staleness} of the namespace
 */
public record WindowState(String source, Optional<Duration> age, Duration window) {

    /** Whether reads of some key of the namespace find it so. */
    public boolean isExceeded() {
        return age.isEmpty() || age.get().compareTo(window) > 0;
    }
}
