package io.freshet.api.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** D6, D7: invalidating again, and dead letters. */
@ExtendWith(SharedService.class)
class ReplayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunningService service;

    ReplayIT(RunningService service) {
        this.service = service;
    }

    @Test
    void shouldInvalidateAgainWhatWasInvalidatedSinceAPlace() {
        // given
        String since;
        try (var stream = EventStream.open(service, "?namespace=" + service.sessions)) {
            since = stream.next("comment").id();
        }
        service.api.delete(service.path(service.sessions, "replayed"));
        service.api.delete(service.path(service.sessions, "replayed"));
        service.api.put(service.path(service.sessions, "replayed"), "{\"value\": \"restored\"}");
        service.api.put(service.path(service.sessions, "untouched"), "{\"value\": 1}");

        // when
        HttpAnswer accepted =
                service.api.post(
                        "/api/v1/cache/replay",
                        "{\"since\": \"%s\", \"namespace\": \"%s\"}"
                                .formatted(since, service.sessions));

        // then
        assertThat(accepted.status()).isEqualTo(202);
        String job = accepted.json().get("href").asString();
        await().atMost(PATIENCE)
                .until(() -> service.api.get(job).json().get("state").asString().equals("done"));
        JsonNode done = service.api.get(job).json();
        assertThat(done.get("lost").asBoolean()).isFalse();
        assertThat(done.get("read").asLong()).isEqualTo(done.get("total").asLong());
        await().atMost(PATIENCE)
                .until(() ->
                        service.api.get(service.path(service.sessions, "replayed")).status()
                                == 404);
        assertThat(service.api.get(service.path(service.sessions, "untouched")).status())
                .isEqualTo(200);
    }

    @Test
    void shouldPublishADeadLetterOnceItIsMended() throws Exception {
        // given
        service.api.put(service.path(service.sessions, "mended"), "{\"value\": 1}");
        setAside(
                "{\"schema\":1,\"type\":\"key\",\"namespace\":\"%s\"}".formatted(service.sessions));

        // when
        JsonNode letter =
                service.api
                        .get("/api/v1/cache/dead-letters?reason=missing-field")
                        .json()
                        .at("/dead_letters/0");
        String replay = "/api/v1/cache/dead-letters/" + letter.get("id").asString() + "/replay";
        HttpAnswer unmended = service.api.post(replay, "");
        HttpAnswer mended =
                service.api.post(
                        replay,
                        "{\"schema\":1,\"type\":\"key\",\"namespace\":\"%s\",\"key\":\"mended\"}"
                                .formatted(service.sessions));

        // then
        assertThat(letter.get("message").asString()).isEqualTo("key is missing");
        assertThat(unmended.code()).isEqualTo("illegal-value");
        assertThat(mended.status()).isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() ->
                        service.api.get(service.path(service.sessions, "mended")).status() == 404);
    }

    private void setAside(String value) throws Exception {
        var properties =
                Map.<String, Object>of("bootstrap.servers", service.kafka.bootstrapServers());
        try (var producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            var record =
                    new ProducerRecord<byte[], byte[]>(
                            service.kafka.topics().deadLetters().name(), value.getBytes(UTF_8));
            record.headers().add("reason", "missing-field".getBytes(UTF_8));
            record.headers().add("message", "key is missing".getBytes(UTF_8));
            producer.send(record).get();
        }
    }
}
