package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import io.freshet.api.http.FreshetHeaders;
import io.freshet.infra.servers.SharedServers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, sets, hashes and counters over REST (A2). */
@ExtendWith(SharedService.class)
class StructuresIT {

    private final RunningService service;
    private final String name = SharedServers.freshName("structures");

    StructuresIT(RunningService service) {
        this.service = service;
    }

    @BeforeEach
    void declare() {
        service.api.put("/api/v1/cache/namespaces/" + name, "{}");
    }

    @Test
    void shouldKeepTheElementsOfAListAsTheyCame() {
        // when
        var pushed = post("jobs/list", "{\"push_right\": [{\"a\" : 1.50}, null, \"x\"]}");
        post("jobs/list", "{\"push_left\": [1, 2]}");

        // then
        assertThat(pushed.text()).isEqualTo("{\"count\":3,\"length\":3}");
        assertThat(get("jobs/list").text())
                .startsWith(
                        "{\"values\":[2,1,{\"a\" : 1.50},null,\"x\"],\"next\":null,\"length\":5,");
        assertThat(get("jobs/list?from=-2&to=-1").json().get("values").size()).isEqualTo(2);
        assertThat(get("jobs/list?from=1&limit=2").json().get("next").asLong()).isEqualTo(3);
        assertThat(post("jobs/list", "{\"pop_left\": 2}").text())
                .isEqualTo("{\"values\":[2,1],\"length\":3}");
        assertThat(post("jobs/list", "{\"pop_right\": 9}").text())
                .isEqualTo("{\"values\":[\"x\",null,{\"a\" : 1.50}],\"length\":0}");
        assertThat(get("jobs/list").status()).isEqualTo(404);
    }

    @Test
    void shouldKnowTheMembersOfASet() {
        // when
        var added = post("seen/set", "{\"add\": [\"a\", \"b\", \"ü\", \"a\"]}");
        var removed = post("seen/set", "{\"remove\": [\"b\", \"c\"]}");

        // then
        assertThat(added.text()).isEqualTo("{\"count\":3,\"length\":3}");
        assertThat(removed.text()).isEqualTo("{\"count\":1,\"length\":2}");
        assertThat(get("seen/set?member=a&member=b&member=%C3%BC").text())
                .startsWith("{\"contains\":{\"a\":true,\"b\":false,\"ü\":true},\"length\":2,");
        assertThat(get("seen/set").json().get("members").valueStream())
                .extracting(each -> each.asString())
                .containsExactlyInAnyOrder("a", "ü");
    }

    @Test
    void shouldAnswerALargeSetPageByPage() {
        // given
        for (int from = 0; from < 2_000; from += 500) {
            var members =
                    IntStream.range(from, from + 500).mapToObj(i -> "\"m" + i + "\"").toList();
            post("large/set", "{\"add\": " + members + "}");
        }

        // when
        var seen = new HashSet<String>();
        String cursor = "0";
        while (cursor != null) {
            var page = get("large/set?limit=300&cursor=" + cursor).json();
            page.get("members").forEach(member -> seen.add(member.asString()));
            cursor = page.get("cursor").isNull() ? null : page.get("cursor").asString();
        }

        // then
        assertThat(seen).hasSize(2_000);
    }

    @Test
    void shouldKeepTheFieldsOfAHash() {
        // when
        var put = post("u/hash", "{\"put\": {\"name\": \"Ada\", \"n\": 41, \"gone\": null}}");
        var incremented = post("u/hash", "{\"increment\": {\"field\": \"n\"}}");
        var removed = post("u/hash", "{\"remove\": [\"gone\", \"none\"]}");

        // then
        assertThat(put.text()).isEqualTo("{\"count\":3,\"length\":3}");
        assertThat(incremented.text()).isEqualTo("{\"value\":42,\"length\":3}");
        assertThat(removed.text()).isEqualTo("{\"count\":1,\"length\":2}");
        assertThat(get("u/hash").json().at("/fields/n").asLong()).isEqualTo(42);
        assertThat(get("u/hash?field=name&field=none").text())
                .startsWith("{\"fields\":{\"name\":\"Ada\"},\"length\":2,");
    }

    @Test
    void shouldLoseNoneOfManyConcurrentIncrements() throws Exception {
        // given
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(() -> {
                for (int n = 0; n < 50; n++) {
                    var answer = post("hits/counter", "{\"increment\": 1}");
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                }
                return 50;
            });
        }

        // when
        int sent = 0;
        try (var executor = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> client : executor.invokeAll(clients)) {
                sent += client.get();
            }
        }

        // then
        assertThat(get("hits/counter").json().get("value").asLong()).isEqualTo(sent);
    }

    @Test
    void shouldLiveForItsTtlAndTakeAnother() {
        // when
        post("c/counter", "{\"increment\": 5, \"ttl\": 50}");
        post("c/counter", "{\"increment\": 1}");
        long first = get("c/counter").json().get("ttl_remaining").asLong();
        post("c/counter", "{\"increment\": -7, \"ttl\": 500}");

        // then
        assertThat(first).isBetween(30L, 50L);
        var counter = get("c/counter").json();
        assertThat(counter.get("ttl_remaining").asLong()).isBetween(400L, 500L);
        assertThat(counter.get("value").asLong()).isEqualTo(-1);
    }

    @Test
    void shouldBeginAnewWhenItsTtlIsOver() {
        // given
        post("short/counter", "{\"increment\": 5, \"ttl\": 1}");

        // when
        await().until(() -> get("short/counter").status() == 404);

        // then
        assertThat(post("short/counter", "{\"increment\": 1}").json().get("value").asLong())
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"namespace\": \"%s\", \"keys\": [\"p1\"]}",
                "{\"namespace\": \"%s\", \"tags\": [\"t\"]}",
                "{\"namespace\": \"%s\", \"pattern\": \"p*\"}"
            })
    void shouldBeInvalidatedAsAnyEntryIs(String purge) {
        // given
        post("p1/list", "{\"push_left\": [\"before\"], \"tags\": [\"t\"]}");
        post("p1/list", "{\"push_left\": [\"before, too\"]}");

        // when
        var answer = service.api.post("/api/v1/cache/invalidate", purge.formatted(name));
        String token = answer.json().at("/tokens/0").asString();
        var gone = service.api.get(service.path(name, "p1/list"), FreshetHeaders.AFTER, token);
        post("p1/list", "{\"push_left\": [\"after\"]}");

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(get("p1/list").json().get("values").toString()).isEqualTo("[\"after\"]");
    }

    @Test
    void shouldGoWithItsNamespace() {
        // given
        post("n/set", "{\"add\": [\"before\"]}");

        // when
        service.api.delete("/api/v1/cache/" + name);

        // then
        assertThat(get("n/set").status()).isEqualTo(404);
    }

    @Test
    void shouldBeDeletedAndReplacedUnderItsKey() {
        // given
        post("d/set", "{\"add\": [\"before\"]}");

        // when
        var deleted = service.api.delete(service.path(name, "d"));
        post("d/counter", "{\"increment\": 3}");
        var put = service.api.put(service.path(name, "d"), "{\"value\": 1}");

        // then
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(put.status()).isEqualTo(200);
        assertThat(get("d").json().get("value").asLong()).isOne();
        assertThat(get("d/counter").code()).isEqualTo("wrong-kind");
    }

    @Test
    void shouldNotBeHiddenByACopyOfTheValueBeforeIt() {
        // given a value that this node remembers, and Redis has evicted for another
        service.api.put("/api/v1/cache/namespaces/" + name, "{\"max_entries\": 1}");
        service.api.put(service.path(name, "x"), "{\"value\": 1}");
        get("x");
        for (int other = 0; other < 100 && isInRedis("x"); other++) {
            service.api.put(service.path(name, "y" + other), "{\"value\": 1}");
        }

        // when
        post("x/counter", "{\"increment\": 1}");

        // then
        assertThat(get("x").code()).isEqualTo("wrong-kind");
        assertThat(get("x/counter").json().get("value").asLong()).isOne();
    }

    /** Seen by a probe, which is no use of the entry. */
    private boolean isInRedis(String key) {
        String[] probe = {"Freshet-Tier", "l2", "Freshet-Probe", "true"};
        return service.api.get(service.path(name, key), probe).status() == 200;
    }

    @Test
    void shouldKeepWithinTheBoundsOfItsNamespace() {
        // given
        service.api.put("/api/v1/cache/namespaces/" + name, "{\"max_entries\": 10}");

        // when
        for (int i = 0; i < 15; i++) {
            post("l" + i + "/list", "{\"push_left\": [1, 2, 3]}");
        }

        // then
        var stats = get("stats").json();
        assertThat(stats.get("total_keys").asLong()).isEqualTo(10);
        assertThat(stats.at("/evictions/size").asLong()).isEqualTo(5);
        assertThat(get("l14/list").status()).isEqualTo(200);
        assertThat(get("l0/list").status()).isEqualTo(404);
    }

    @Test
    void shouldBeListedAndDescribedAsAnEntry() {
        // given
        post("m/list", "{\"push_left\": [\"" + "x".repeat(500) + "\"], \"tags\": [\"t\"]}");

        // then
        assertThat(get("keys").json().at("/keys/0").asString()).isEqualTo("m");
        var metadata = get("m?metadata").json();
        assertThat(metadata.get("size").asLong()).isBetween(550L, 650L);
        assertThat(metadata.at("/tags/0").asString()).isEqualTo("t");
        var batch = service.api.post(service.path(name, "mget"), "{\"keys\": [\"m\"]}").json();
        assertThat(batch.at("/results/m/error/code").asString()).isEqualTo("wrong-kind");
    }

    private HttpAnswer get(String last) {
        return service.api.get(service.path(name, last));
    }

    private HttpAnswer post(String last, String json) {
        return service.api.post(service.path(name, last), json);
    }
}
