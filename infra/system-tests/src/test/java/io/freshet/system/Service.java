package io.freshet.system;

import java.util.Locale;

/** One of Freshet's own processes. */
enum Service {
    API_SERVICE(7401),
    CDC_CONNECTOR(7402),
    INVALIDATION_STREAM(7403),
    WARMER_WORKER(7404);

    private final int managementPort;

    Service(int managementPort) {
        this.managementPort = managementPort;
    }

    /** The usual port of its health and metrics, before any offset. */
    int managementPort() {
        return managementPort;
    }

    /** Its name in the launcher. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
