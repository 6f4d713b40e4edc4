package io.freshet.cdc.position;

import io.freshet.contracts.id.Namespace;
import java.util.Locale;
import java.util.Set;

/** Changes that may have been missed: the namespaces that they may concern are untrusted. */
public record Loss(Cause cause, String reason, Set<Namespace> namespaces) {

    /** The kinds of losses; few, for metrics. */
    public enum Cause {
        /** The source was never captured. */
        FIRST_START,
        /** Another system identifier, or another database. */
        OTHER_DATABASE,
        /** A restored backup, a promoted standby. */
        TIMELINE,
        /** The log ends before what was captured of it. */
        REWOUND,
        /** There is no slot. */
        SLOT_GONE,
        /** The server removed log that the slot needed. */
        SLOT_LOST,
        /** The slot stands past what was captured. */
        SLOT_MOVED,
        /** A table was not in the publication. */
        PUBLICATION,
        /** Rules were edited, or their tables no longer fit them, or fit them again. */
        RULES,
        /** There is no table of that name to look at. */
        UNSEEN,
        /** What a former session found, and no barrier had made good. */
        DOUBT;

        /** As metrics and health show it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Loss {
        namespaces = Set.copyOf(namespaces);
    }
}
