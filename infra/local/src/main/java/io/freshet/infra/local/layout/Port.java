package io.freshet.infra.local.layout;

import java.util.Locale;

/** A port that a local instance listens on, always on the loopback address. */
public enum Port {
    API(Part.API_SERVICE, 7400, "REST"),
    MANAGEMENT(Part.API_SERVICE, 7401, "health and metrics of api-service"),
    CDC(Part.CDC_CONNECTOR, 7402, "health and metrics of cdc-connector"),
    STREAM(Part.INVALIDATION_STREAM, 7403, "health and metrics of invalidation-stream"),
    WARMER(Part.WARMER_WORKER, 7404, "health and metrics of warmer-worker"),
    KAFKA(Part.KAFKA, 7492, "Kafka"),
    KAFKA_CONTROLLER(Part.KAFKA, 7493, "Kafka's controller"),
    POSTGRES(Part.POSTGRES, 7432, "PostgreSQL"),
    REDIS(Part.REDIS, 7479, "Redis");

    private final Part part;
    private final int usual;
    private final String purpose;

    Port(Part part, int usual, String purpose) {
        this.part = part;
        this.usual = usual;
        this.purpose = purpose;
    }

    /** The part that listens. */
    public Part part() {
        return part;
    }

    /** The port number when nobody chooses another. */
    public int usual() {
        return usual;
    }

    public String purpose() {
        return purpose;
    }

    /** The command line option that chooses it: {@code --kafka-controller-port}. */
    public String option() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "-port";
    }

    /** The environment variable that chooses it: {@code FRESHET_KAFKA_CONTROLLER_PORT}. */
    public String variable() {
        return "FRESHET_" + name() + "_PORT";
    }
}
