package io.freshet.infra.check.fault;

import java.time.Duration;
import java.util.Map;

/** Something that goes wrong, and is mended again. */
public interface Fault {

    /** The consistency window of the checked namespace; what is paused stays so for longer. */
    Duration WINDOW = Duration.ofSeconds(2);

    /** In half a line, for people. */
    String description();

    /**
     * Breaks it, waits, and mends it. What the supervisor starts again by itself need not be
     * awaited here.
     */
    void strike(Site site) throws Exception;

    /** Environment variables that the check's own nodes must be started with for it. */
    default Map<String, String> nodeSettings() {
        return Map.of();
    }
}
