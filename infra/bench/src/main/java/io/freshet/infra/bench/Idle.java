package io.freshet.infra.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the services cost while nothing happens.
 *
 * @param share of one core, by service
 */
public record Idle(Map<String, Double> share) {

    /** Watches for a while; blocks. */
    public static Idle watch(Instance instance, Duration duration) throws InterruptedException {
        var before = new LinkedHashMap<String, Duration>();
        for (String service : Instance.SERVICES) {
            instance.processorTime(service).ifPresent(time -> before.put(service, time));
        }
        Thread.sleep(duration);
        var share = new LinkedHashMap<String, Double>();
        before.forEach((service, time) -> {
            Optional<Duration> after = instance.processorTime(service);
            after.ifPresent(now ->
                    share.put(service, (double) now.minus(time).toMillis() / duration.toMillis()));
        });
        return new Idle(share);
    }

    public void print(PrintStream out) {
        out.println("Idle, in percent of one core:");
        share.forEach((service, part) ->
                out.printf(
                        "  %-20s %5.1f%n",
                        service.toLowerCase(Locale.ROOT).replace('_', '-'), part * 100));
        out.println();
    }
}
