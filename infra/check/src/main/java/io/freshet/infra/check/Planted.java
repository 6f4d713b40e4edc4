package io.freshet.infra.check;

import io.freshet.infra.check.instance.CheckException;
import io.freshet.infra.check.instance.Fleet;
import io.freshet.infra.check.instance.Instance;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Port;
import io.freshet.infra.local.supervision.Order;
import java.io.IOException;
import java.util.Map;

/**
 * A mistake that invalidation-stream makes for the length of a check, so that the check can be seen
 * to find it.
 *
 * @param name as on the command line; empty for none
 * @param settings environment variables that make the service make it
 */
public record Planted(String name, Map<String, String> settings) {
    public static final Planted NOTHING = new Planted("", Map.of());

    private static final String PREFIX = "FRESHET_STREAM_PLANTEDFAULT_";

    /**
     * Reads {@code drop}, {@code drop=N} (one invalidation in N) or {@code delay}, {@code delay=N}
     * (one in N is held back for 10 s).
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Planted parse(String text) {
        String[] words = text.split("=", 2);
        int oneIn = words.length == 1 ? 1_000 : Integer.parseInt(words[1]);
        return switch (words[0]) {
            case "drop" ->
                    new Planted(
                            "one invalidation in %d is dropped".formatted(oneIn),
                            Map.of(PREFIX + "DROPONEIN", Integer.toString(oneIn)));
            case "delay" ->
                    new Planted(
                            "one invalidation in %d is held back for 10 s".formatted(oneIn),
                            Map.of(PREFIX + "DELAYONEIN", Integer.toString(oneIn)));
            default ->
                    throw new IllegalArgumentException(
                            "there is no planted fault '%s': say drop or delay, or drop=N"
                                    .formatted(text));
        };
    }

    private boolean isNothing() {
        return settings.isEmpty();
    }

    /** Starts the service with the mistake, in place of the instance's own. */
    void plant(Instance instance, Fleet fleet)
            throws IOException, InterruptedException, CheckException {
        if (!isNothing()) {
            instance.order(Order.Action.STOP, Part.INVALIDATION_STREAM);
            fleet.startInPlace(
                    Part.INVALIDATION_STREAM,
                    instance.addresses().ports().of(Port.STREAM),
                    settings);
        }
    }

    /** Starts the instance's own again, when the other is stopped. */
    void remove(Instance instance) throws IOException, InterruptedException, CheckException {
        if (!isNothing()) {
            instance.order(Order.Action.START, Part.INVALIDATION_STREAM);
        }
    }
}
