package io.freshet.warmer.trigger;

import java.util.Locale;

/** Why a job was made that nobody has asked for. */
enum Reason {
    /** The worker was started. */
    START,
    /** The namespace's schedule. */
    SCHEDULE,
    /** Redis has lost what it held. */
    REDIS_LOSS,
    /** Everything cached was declared untrusted, since invalidations may have been lost. */
    BARRIER,
    /** The namespace misses more than it should. */
    MISSES;

    /** As a job says who has requested it. */
    String requestedBy() {
        return "trigger:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
