package io.freshet.infra.local.layout;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One process of a local instance: a server or a service, in the order in which they are shown. */
public enum Part {
    REDIS("redis", false),
    POSTGRES("postgres", false),
    KAFKA("kafka", false),
    API_SERVICE("api-service", true),
    CDC_CONNECTOR("cdc-connector", true),
    INVALIDATION_STREAM("invalidation-stream", true),
    WARMER_WORKER("warmer-worker", true);

    /** The order of stopping: what uses others goes before what it uses; a group stops together. */
    public static final List<Set<Part>> STOP_ORDER =
            List.of(
                    EnumSet.of(API_SERVICE, CDC_CONNECTOR, INVALIDATION_STREAM, WARMER_WORKER),
                    EnumSet.of(KAFKA),
                    EnumSet.of(POSTGRES),
                    EnumSet.of(REDIS));

    private final String label;
    private final boolean service;

    Part(String label, boolean service) {
        this.label = label;
        this.service = service;
    }

    /** The part's name as a person types it, which is also that of its log and of its module. */
    public String label() {
        return label;
    }

    /** Whether this is one of Freshet's own services, not a server below them. */
    public boolean isService() {
        return service;
    }

    /** The parts that must be ready before this one starts. */
    public Set<Part> needs() {
        return service ? EnumSet.of(REDIS, POSTGRES, KAFKA) : Set.of();
    }

    public static Optional<Part> labelled(String label) {
        return Arrays.stream(values()).filter(part -> part.label.equals(label)).findFirst();
    }
}
