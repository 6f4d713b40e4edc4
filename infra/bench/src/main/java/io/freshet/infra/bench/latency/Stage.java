package io.freshet.infra.bench.latency;

/** A place that an invalidation passes on its way, or that a bare capture passes beside it. */
enum Stage {
    BARE("Debezium alone"),
    INBOX("freshet.invalidations"),
    LOG("freshet.log"),
    ENFORCED("enforced on a node");

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
