package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The functional tests F-01 to F-15 of the requirements, under their names. */
class FunctionalIT {

    private final CacheClient client = new CacheClient(LocalSystem.shared());
    private final String namespace = "functional-" + UUID.randomUUID();

    @BeforeEach
    void declare() {
        client.declare(namespace, "{\"max_value_size\": \"2MB\"}");
    }

    @AfterEach
    void remove() {
        client.delete("/namespaces/" + namespace);
    }

    @Test
    @DisplayName("F-01 Get existing key")
    void shouldAnswerWithTheValue() {
        put("k", "\"v\"");
        Answer answer = get("k");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.value().asString()).isEqualTo("v");
        assertThat(answer.isHit()).isTrue();
    }

    @Test
    @DisplayName("F-02 Get missing key")
    void shouldSayThatThereIsNone() {
        Answer answer = get("missing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("title").asString()).isEqualTo("Key not found");
    }

    @Test
    @DisplayName("F-03 Set new key")
    void shouldCreate() {
        Answer answer = put("k", "1");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("created").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("F-04 Update existing key")
    void shouldReplace() {
        put("k", "1");
        Answer answer = put("k", "2");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("created").asBoolean()).isFalse();
        assertThat(get("k").value().asInt()).isEqualTo(2);
    }

    @Test
    @DisplayName("F-05 Delete key")
    void shouldDelete() {
        put("k", "1");
        Answer answer = client.delete("/" + namespace + "/k");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("deleted").asBoolean()).isTrue();
        assertThat(get("k").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("F-06 Delete missing key")
    void shouldSayThatThereIsNoneToDelete() {
        assertThat(client.delete("/" + namespace + "/missing").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("F-07 TTL expiration")
    void shouldForgetAfterItsTtl() {
        client.put(namespace, "k", "{\"value\": 1, \"ttl\": 1}");
        assertThat(get("k").status()).isEqualTo(200);
        await().until(() -> get("k").status() == 404);
    }

    @Test
    @DisplayName("F-08 Custom TTL")
    void shouldKeepForItsTtl() {
        client.put(namespace, "k", "{\"value\": 1, \"ttl\": 60}");
        assertThat(get("k").json().at("/metadata/ttl_remaining").asInt()).isBetween(40, 60);
    }

    @Test
    @DisplayName("F-09 Multi-get")
    void shouldAnswerForEachOfMany() {
        IntStream.rangeClosed(1, 3).forEach(i -> put("k" + i, "" + i));
        Answer answer =
                client.post(
                        "/" + namespace + "/mget",
                        "{\"keys\": [\"k1\", \"k2\", \"k3\", \"k4\", \"k5\"]}");
        assertThat(answer.json().get("hits").asInt()).isEqualTo(3);
        assertThat(answer.json().get("misses").asInt()).isEqualTo(2);
        assertThat(answer.json().at("/results/k2/value").asInt()).isEqualTo(2);
        assertThat(answer.json().at("/results/k5/found").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("F-10 Multi-set")
    void shouldStoreMany() {
        Answer answer =
                client.post(
                        "/" + namespace + "/mset",
                        """
                        {"entries": [{"key": "a", "value": 1}, {"key": "b", "value": 2},
                         {"key": "c", "value": 3}, {"key": "d", "value": 4, "ttl": 60},
                         {"key": "e", "value": 5, "tags": ["t"]}]}
                        """);
        assertThat(answer.json().get("stored").asInt()).isEqualTo(5);
        assertThat(get("e").value().asInt()).isEqualTo(5);
    }

    @Test
    @DisplayName("F-11 Flush namespace")
    void shouldForgetAll() {
        put("a", "1");
        put("b", "1");
        Answer answer = client.delete("/" + namespace);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("deleted_count").asInt()).isEqualTo(2);
        await().until(() -> get("a").status() == 404 && get("b").status() == 404);
    }

    @Test
    @DisplayName("F-12 Pattern flush")
    void shouldForgetWhatMatches() {
        put("user_1", "1");
        put("user_2", "1");
        put("order_1", "1");
        Answer answer = client.delete("/" + namespace + "?pattern=user_*");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("deleted_count").asInt()).isEqualTo(2);
        await().until(() -> get("user_1").status() == 404 && get("user_2").status() == 404);
        assertThat(get("order_1").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("F-13 Stats accuracy")
    void shouldCountHitsAndMisses() {
        put("k", "1");
        IntStream.range(0, 3).forEach(_ -> get("k"));
        get("missing");
        Answer stats = client.read("/" + namespace + "/stats");
        assertThat(stats.json().get("hits").asInt()).isEqualTo(3);
        assertThat(stats.json().get("misses").asInt()).isEqualTo(1);
        assertThat(stats.json().get("hit_rate").asDouble()).isEqualTo(0.75);
    }

    @Test
    @DisplayName("F-14 Large value")
    void shouldTakeALargeValueAndRefuseATooLargeOne() {
        String megabyte = "\"" + "v".repeat(1 << 20) + "\"";
        assertThat(put("large", megabyte).status()).isEqualTo(201);
        assertThat(get("large").value().asString()).hasSize(1 << 20);
        Answer refused = put("larger", "\"" + "v".repeat(2 << 20) + "\"");
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().get("code").asString()).isEqualTo("value-too-large");
    }

    @Test
    @DisplayName("F-15 JSON serialization")
    void shouldGiveBackWhatItWasGiven() {
        String complex =
                """
                {"name": "Zo\u00eb \uD83D\uDE00", "big": 12345678901234567890.125, "none": null,
                 "nested": [{"deep": [[], {}, [true, false]]}], "": "empty", "e": 1e-7}
                """
                        .strip();
        put("k", complex);
        assertThat(client.get(namespace, "k", "Accept", "*/*").body()).contains(complex);
    }

    private Answer put(String key, String value) {
        return client.put(namespace, key, "{\"value\": " + value + "}");
    }

    private Answer get(String key) {
        return client.get(namespace, key);
    }
}
