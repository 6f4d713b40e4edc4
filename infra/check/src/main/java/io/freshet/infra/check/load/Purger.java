package io.freshet.infra.check.load;

import io.freshet.infra.check.instance.Api;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Invalidates what nobody changed, by REST and by a plain Kafka producer: keys, tags, patterns and
 * the namespace, soft and hard. One thread's.
 */
final class Purger implements Step {
    private static final String INBOX = "freshet.invalidations";
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Api> nodes;
    private final KafkaProducer<String, String> producer;
    private final Bounds bounds;
    private final Tally tally;
    private final RandomGenerator random;

    Purger(String kafka, List<Api> nodes, Bounds bounds, Tally tally, RandomGenerator random) {
        this.nodes = nodes;
        this.bounds = bounds;
        this.tally = tally;
        this.random = random;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka,
                                "delivery.timeout.ms",
                                15_000,
                                "request.timeout.ms",
                                5_000,
                                "max.block.ms",
                                5_000),
                        new StringSerializer(),
                        new StringSerializer());
    }

    @Override
    public void step() throws InterruptedException {
        String key = Keys.item(Keys.any(random));
        boolean hard = random.nextInt(3) > 0;
        int dice = random.nextInt(100);
        Target target =
                dice < 55
                        ? new Target("key", key)
                        : dice < 75
                                ? new Target("tag", "group:" + Keys.anyOf(Keys.groups(), random))
                                : dice < 95
                                        ? new Target("pattern", Keys.shelf(key) + ".*")
                                        : new Target("namespace", "");
        boolean byKafka = random.nextInt(4) == 0;
        String kind =
                "%s %s by %s"
                        .formatted(hard ? "hard" : "soft", target.type, byKafka ? "Kafka" : "REST");
        try {
            long known = System.nanoTime();
            String token = byKafka ? produce(target, hard) : post(target, hard);
            if (hard && !target.type.equals("tag")) {
                bounds.offer(new Bounds.Bound(key, "Freshet-After", token, known));
            }
            tally.count(Tally.Of.PURGES, kind);
        } catch (IOException | ExecutionException | TimeoutException e) {
            tally.count(Tally.Of.FAILED, "purge: " + e.getClass().getSimpleName());
        }
    }

    private record Target(String type, String value) {}

    private String post(Target target, boolean hard) throws IOException, InterruptedException {
        var body = new HashMap<String, Object>();
        body.put("namespace", Keys.NAMESPACE);
        body.put("mode", hard ? "hard" : "soft");
        if (target.type.equals("namespace")) {
            body.put("all", true);
        } else {
            body.put(target.type, target.value);
        }
        List<String> tokens = Keys.anyOf(nodes, random).invalidate(body);
        if (tokens.isEmpty()) {
            throw new IOException("no token");
        }
        return tokens.getFirst();
    }

    private String produce(Target target, boolean hard)
            throws ExecutionException, InterruptedException, TimeoutException {
        var event = new HashMap<String, Object>();
        event.put("schema", 1);
        event.put("type", target.type);
        event.put("namespace", Keys.NAMESPACE);
        event.put("mode", hard ? "hard" : "soft");
        if (!target.type.equals("namespace")) {
            event.put(target.type, target.value);
        }
        RecordMetadata place =
                producer.send(
                                new ProducerRecord<>(
                                        INBOX,
                                        target.value.isEmpty() ? Keys.NAMESPACE : target.value,
                                        JSON.writeValueAsString(event)))
                        .get(20, TimeUnit.SECONDS);
        return place.partition() + ":" + place.offset();
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(1));
    }
}
