package io.freshet.infra.bench;

import io.freshet.infra.local.layout.Part;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the services cost while nothing happens.
 *
 * @param share of one core, by service
 */
public record Idle(Map<Part, Double> share) {

    /** Watches for a while; blocks. */
    public static Idle watch(Instance instance, Duration duration) throws InterruptedException {
        var before = new EnumMap<Part, Duration>(Part.class);
        for (Part part : Part.values()) {
            if (part.isService()) {
                instance.processorTime(part).ifPresent(time -> before.put(part, time));
            }
        }
        Thread.sleep(duration);
        var share = new EnumMap<Part, Double>(Part.class);
        before.forEach((service, time) -> {
            Optional<Duration> after = instance.processorTime(service);
            after.ifPresent(now ->
                    share.put(service, (double) now.minus(time).toMillis() / duration.toMillis()));
        });
        return new Idle(share);
    }

    public void print(PrintStream out) {
        out.println("Idle, in percent of one core:");
        share.forEach(
                (service, part) -> out.printf("  %-20s %5.1f%n", service.label(), part * 100));
        out.println();
    }
}
