package io.freshet.simulation;

/** A rule of the protocol that the simulation, and nothing else, can switch off. */
enum Guard {
    /** Publish after visible: an invalidation enters the log when new readers see its change. */
    BARRIER,
    /** An early publication is owed across a crash of the connector. */
    EARLY_OWED,
    /** A heartbeat does not pass the changes before it. */
    HEARTBEAT_ORDER,
    /** The log position is noted before the source is read. */
    STAMP_FIRST,
    /** The store refuses fills stamped below what has begun. */
    LATE_FILLS_REFUSED,
    /** What is older than a node's memory is not trusted, unless the marker vouches for it. */
    FLOOR,
    /** The marker does not vouch for copies in a node's own memory. */
    FLOOR_L1,
    /** The marker is lost together with the entries that it speaks of. */
    MARKER_INSIDE,
    /** Evictions and marker are one step. */
    MARKER_ATOMIC(Climate.FAILOVER),
    /** A marker moves on only from where its bucket is. */
    MARKER_CHAINED,
    /** Entry and marker are read together. */
    READ_TOGETHER,
    /** A registration is acknowledged before the entry is written. */
    REGISTRATION_AWAITED,
    /** A node keeps scope positions over forgetting and restarts. */
    SCOPES_IN_NODE,
    /** The expander keeps scope positions, for registrations that come late. */
    SCOPES_IN_EXPANDER,
    /** A node answers only once it has caught up. */
    READY,
    /** A caller does not join a load that was invalidated before it came. */
    NO_LATE_JOINERS(Climate.CROWD),
    /** A later soft invalidation does not hide an earlier hard one. */
    HARD_AND_SOFT_APART,
    /** A soft eviction refuses late fills as a hard one does. */
    SOFT_REFUSES_TOO,
    /** The index forgets a key only when all its registrations are older than the purge. */
    INDEX_KEEPS_NEWER,
    /** A watermark is the least of the heartbeats by each partition of the inbox. */
    WATERMARK_OF_EVERY_INBOX,
    /** What a caller puts carries the largest stamp around. */
    PUT_STAMPED_HIGHEST(Climate.PUTTING),
    /** A PUT is announced to the nodes that hold copies of what it replaced. */
    PUT_ANNOUNCED,
    /** A copy of what callers put carries the position noted before the store was asked. */
    COPY_STAMPED_FIRST,
    /** Who is ahead of the holder of a lease does not wait for it. */
    NOBODY_WAITS_BEHIND(Climate.CROWD),
    /** What another node filled in under its lease is judged like any entry. */
    SHARED_IS_JUDGED(Climate.CROWD),
    /** While the log is late nobody waits for what another node loads. */
    NO_LEASE_OUTSIDE_WINDOW(Climate.EXPIRY),
    /** What was invalidated is not answered when its source fails. */
    LAST_RESORT_IS_VALID(Climate.EXPIRY),
    /** A standby is read only once it has replayed all that the records seen speak of. */
    STANDBY_LSN(Climate.STANDBY),
    /** A row is not written behind a record of a later state of its database. */
    ROW_IMAGE_LSN(Climate.WRITING),
    /** Nor behind one that may have spoken of a later state. */
    ROW_IMAGE_CERTAIN(Climate.WRITING),
    /** An early publication brings no row. */
    ROW_IMAGE_VISIBLE(Climate.WRITING);

    private final Climate climate;

    Guard() {
        this(Climate.CHANGEABLE);
    }

    Guard(Climate climate) {
        this.climate = climate;
    }

    /** In which it is missed soonest. */
    Climate climate() {
        return climate;
    }
}
