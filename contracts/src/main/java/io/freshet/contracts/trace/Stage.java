package io.freshet.contracts.trace;

/** A part of the way of a change, which one span tells of. */
public enum Stage {
    /** A request to an api-service. */
    REQUEST("request"),
    /** A transaction, from its commit until its events are handed to Kafka. */
    CAPTURE("capture"),
    /** An event, until the inbox has it. */
    PUBLISH("publish"),
    /** A record of the inbox, from when it was written until it is handed to the log. */
    ROUTE("route"),
    /** A record of the log, from when it was written until it is in force on a node. */
    ENFORCE("enforce"),
    /** A record of the log, from when it was written until the first evictions are handed on. */
    EXPAND("expand"),
    /** A record of evictions, from when it was written until Redis has answered. */
    EVICT("evict");

    private final String spanName;

    Stage(String spanName) {
        this.spanName = spanName;
    }

    /** What the span is called. */
    public String spanName() {
        return spanName;
    }
}
