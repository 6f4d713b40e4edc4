package io.freshet.warmer.verify;

/** Why an answer was outdated. */
public enum Cause {
    /** The source changed, and nothing invalidated the key. */
    RULE_MISSING("rule-missing"),
    /** The invalidation is in the inbox, what came behind it is in force, and it is not. */
    EVENT_LOST("event-lost"),
    /** The invalidation has not come to the node yet. */
    IN_FLIGHT("in-flight"),
    /** What was answered is older than an invalidation that is in force: must never happen. */
    FILL("fill"),
    /** The same, and Redis was not yet told to evict it. */
    EVICTION("eviction"),
    /** Nothing was loaded: a caller put the value, or a rule wrote the row. */
    NOT_LOADED("not-loaded");

    private final String label;

    Cause(String label) {
        this.label = label;
    }

    /** As metrics have it. */
    public String label() {
        return label;
    }

    /**
     * What is known of a wrong answer when it is looked into.
     *
     * @param stillAnswered whether the node says the same again
     * @param killed whether the node knows of an invalidation that the answer does not survive
     * @param evictionApplied whether Redis has carried that out
     * @param knownElsewhere whether another node knows of one
     * @param passed whether everything from before the check is in force there
     * @param inInbox whether the inbox has an invalidation of the key from after the fill
     * @param filledSince whether the answer was put into the cache when the source had long changed
     * @param loaded whether it was loaded from the source at all
     */
    record Facts(
            boolean stillAnswered,
            boolean killed,
            boolean evictionApplied,
            boolean knownElsewhere,
            boolean passed,
            boolean inInbox,
            boolean filledSince,
            boolean loaded) {}

    static Cause of(Facts facts) {
        if (facts.killed && facts.stillAnswered) {
            return facts.evictionApplied ? FILL : EVICTION;
        }
        if (facts.killed || facts.knownElsewhere || !facts.stillAnswered || !facts.passed) {
            return IN_FLIGHT;
        }
        if (facts.inInbox) {
            return EVENT_LOST;
        }
        if (facts.filledSince) {
            return facts.loaded ? FILL : NOT_LOADED;
        }
        return facts.loaded ? RULE_MISSING : NOT_LOADED;
    }
}
