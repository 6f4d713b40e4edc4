package io.freshet.infra.bench.latency;

import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.topic.Topics;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.infra.bench.BenchNode;
import io.freshet.infra.bench.Idle;
import io.freshet.infra.bench.Instance;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Updates rows at a steady rate and prints when each stage of the pipeline knew. */
@Command(
        name = "latency",
        description = {
            "Time from a commit's acknowledgement until the change is in force on a node,",
            "beside what Debezium alone takes to hand it to a consumer, in the same run."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class LatencyCommand implements Callable<Integer> {

    private static final Duration LAST_ARRIVALS = Duration.ofSeconds(10);

    @Option(names = "--rate", description = "Transactions a second, of one row each.")
    private int rate = 1_000;

    @Option(names = "--duration", description = "Measured, in seconds, after the warm-up.")
    private int seconds = 30;

    @Option(
            names = "--warm-up",
            description = "Not measured, in seconds; services just started need a minute.")
    private int warmUpSeconds = 60;

    @Option(names = "--idle", description = "Seconds to watch the idle services first; 0 for none.")
    private int idleSeconds = 10;

    @Option(names = "--log-partitions", description = "As the services are configured.")
    private int logPartitions = 4;

    @Override
    public Integer call() throws Exception {
        Instance instance = Instance.running();
        if (idleSeconds > 0) {
            Idle.watch(instance, Duration.ofSeconds(idleSeconds)).print(System.out);
        }
        int warmUp = rate * warmUpSeconds;
        int updates = warmUp + rate * seconds;
        var flights = new Flights(updates);
        var load = new UpdateLoad(instance, flights);
        var kafka = new KafkaOptions(instance.kafka(), "freshet", logPartitions, (short) 1);
        Topics topics = kafka.topics();
        try (var bare = new BareCapture(instance, at(Stage.BARE, flights));
                var inbox =
                        new TopicWatch<>(
                                instance.kafka(),
                                topics.invalidations(),
                                Function.identity(),
                                at(Stage.INBOX, flights));
                var log =
                        new TopicWatch<>(
                                instance.kafka(),
                                topics.log(),
                                LogRecord::event,
                                at(Stage.LOG, flights));
                var node = new BenchNode(kafka, at(Stage.ENFORCED, flights))) {
            bare.awaitStreaming();
            inbox.awaitBegun();
            log.awaitBegun();
            node.awaitReady();
            System.out.printf(
                    "%,d transactions a second for %d s, after %d s of warm-up ...%n",
                    rate, seconds, warmUpSeconds);
            long start = System.nanoTime();
            load.run(updates, rate);
            double took = (System.nanoTime() - start) / 1e9;
            awaitArrivals(flights, updates);
            System.out.printf("%,.0f a second were made.%n%n", updates / took);
        }
        return LatencyTable.of(flights, warmUp, updates).print(System.out) ? 0 : 1;
    }

    private static Consumer<String> at(Stage stage, Flights flights) {
        return key -> flights.passes(stage, key, System.nanoTime());
    }

    private static void awaitArrivals(Flights flights, int updates) throws InterruptedException {
        long deadline = System.nanoTime() + LAST_ARRIVALS.toNanos();
        while (System.nanoTime() < deadline
                && Arrays.stream(Stage.values())
                        .anyMatch(stage -> flights.missing(stage, 0, updates) > 0)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
