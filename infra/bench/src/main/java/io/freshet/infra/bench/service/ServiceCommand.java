package io.freshet.infra.bench.service;

import io.freshet.infra.bench.Instance;
import io.freshet.infra.bench.load.Http;
import io.freshet.infra.bench.load.Target;
import io.lettuce.core.RedisClient;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures P-01 to P-10 and prints each beside its target. */
@Command(
        name = "service",
        description = {
            "The targets P-01 to P-10 of the requirements, each beside what was measured; reads and",
            "writes also beside Redis alone, asked in the same way in the same run."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ServiceCommand implements Callable<Integer> {

    private static final String DECLARATION = "/api/v1/cache/namespaces/" + Requests.NAMESPACE;
    private static final String BOUNDLESS =
            "{\"max_size\":\"0B\",\"max_value_size\":\"2MB\",\"default_ttl\":\"1h\"}";

    @Option(names = "--duration", description = "Of each measurement, in seconds.")
    private int seconds = 5;

    @Option(names = "--entries", description = "Of 1 KB, for P-07; scaled to a million.")
    private long entries = 200_000;

    @Override
    public Integer call() throws Exception {
        Instance instance = Instance.running();
        var http = new Http(URI.create(instance.api()), instance.token());
        http.require("PUT", DECLARATION, BOUNDLESS);
        try (RedisClient redis = RedisClient.create(instance.redis())) {
            URI at = URI.create(instance.redis());
            var measurements =
                    new Measurements(
                            http,
                            new Requests(http, instance.token()),
                            new InetSocketAddress(at.getHost(), at.getPort()),
                            Duration.ofSeconds(seconds));
            List<Target> targets = measure(measurements, redis);
            Target.head(System.out);
            targets.forEach(target -> target.print(System.out));
        } finally {
            http.ask("DELETE", DECLARATION, "");
        }
        return 0;
    }

    private List<Target> measure(Measurements measurements, RedisClient redis) throws Exception {
        step("storing what is read, and warming up");
        measurements.prepare();
        step("latencies");
        List<Target> targets = new ArrayList<>(measurements.latencies());
        step("throughput");
        targets.addAll(measurements.throughput());
        step("all keys by a pattern");
        Target scan = measurements.scan();
        step("%,d entries of 1 KB".formatted(entries));
        targets.add(measurements.memory(entries, () -> usedMemory(redis)));
        step("a storm of connections");
        targets.add(measurements.storm());
        step("a value of 1 MB");
        targets.add(measurements.large());
        targets.add(scan);
        return targets;
    }

    private static long usedMemory(RedisClient redis) {
        try (var connection = redis.connect()) {
            return connection
                    .sync()
                    .info("memory")
                    .lines()
                    .filter(line -> line.startsWith("used_memory:"))
                    .mapToLong(line -> Long.parseLong(line.substring(12).strip()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void step(String what) {
        System.out.println(what + " ...");
    }
}
