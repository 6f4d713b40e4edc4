package io.freshet.api.it;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What callers see while Redis is gone, comes back, or is slow. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private static Path directory;

    private static OwnRedisService world;

    @BeforeAll
    static void start() throws Exception {
        world = new OwnRedisService(directory);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static HttpAnswer get(String namespace, String key) {
        return world.service.api.get(world.service.path(namespace, key));
    }

    private static HttpAnswer put(String key) {
        return world.service.api.put(
                world.service.path(world.sessions, key), "{\"value\": \"" + key + "\"}");
    }

    private static List<HttpAnswer> atOnce(int calls, IntFunction<HttpAnswer> call)
            throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpAnswer>> tasks =
                    IntStream.range(0, calls)
                            .<Callable<HttpAnswer>>mapToObj(i -> () -> call.apply(i))
                            .toList();
            return threads.invokeAll(tasks).stream().map(RedisFaultsIT::result).toList();
        }
    }

    private static HttpAnswer result(Future<HttpAnswer> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Set<Integer> statuses(List<HttpAnswer> answers) {
        return answers.stream().map(HttpAnswer::status).collect(toSet());
    }

    private static void awaitServed() {
        await().atMost(PATIENCE).until(() -> put("back").status() < 300);
    }

    @Test
    @Order(1)
    @DisplayName("C-01: Redis is killed")
    void shouldReadTheSourceAndRefuseWritesWithoutRedis() throws Exception {
        // given
        await().atMost(PATIENCE)
                .until(() -> get(world.products, "1").header("X-Cache-Tier").equals("l1"));
        assertThat(put("before").status()).isEqualTo(201);

        // when
        world.redis.kill();

        // then memory answers, and the source for what is not there
        assertThat(get(world.products, "1").header("X-Cache-Tier")).isEqualTo("l1");
        HttpAnswer loaded = get(world.products, "2");
        assertThat(loaded.status()).isEqualTo(200);
        assertThat(loaded.header("X-Cache-Tier")).isEqualTo("source");

        // and values that nobody else has are refused, not lost
        HttpAnswer refused = put("during");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("store-unavailable");
        assertThat(refused.header("Retry-After")).isNotEmpty();

        // and the database is not asked by more at one time than it may be
        List<HttpAnswer> stampede = atOnce(300, i -> get(world.counted, "k" + i));
        assertThat(statuses(stampede)).containsExactly(200);
        int most =
                stampede.stream()
                        .mapToInt(each -> each.json().at("/value/active").asInt())
                        .max()
                        .orElseThrow();
        assertThat(most).isBetween(2, 8);
        assertThat(world.service.api.get("/api/v1/cache/health").json().path("status").asString())
                .isEqualTo("degraded");
        assertThat(world.service.management.get("/actuator/health/readiness").status())
                .isEqualTo(200);
    }

    @Test
    @Order(2)
    @DisplayName("C-02: Redis is restarted")
    void shouldComeBackByItself() {
        // when
        world.redis.restart();

        // then
        awaitServed();
        world.initialiseBuckets();
        await().atMost(PATIENCE)
                .until(() -> {
                    get(world.products, "3");
                    return get(world.products, "3").header("X-Cache-Tier").equals("l1");
                });
        await().atMost(PATIENCE)
                .until(() ->
                        world.service
                                .api
                                .get("/api/v1/cache/health")
                                .json()
                                .path("status")
                                .asString()
                                .equals("healthy"));
    }

    @Test
    @Order(3)
    @DisplayName("C-04: answers of Redis take 100 ms more")
    void shouldServeAsUsualWhileRedisIsSlow() throws Exception {
        // given
        awaitServed();
        world.road.delay(Duration.ofMillis(100));

        // when
        long begun = System.nanoTime();
        List<HttpAnswer> answers = atOnce(100, i -> put("slow" + i));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        // then nobody waits for another, which would take half a minute, and who is not served is
        // told so
        assertThat(took).isBetween(Duration.ofMillis(100), Duration.ofSeconds(15));
        assertThat(statuses(answers)).isSubsetOf(201, 503);
        awaitServed();
        await().atMost(PATIENCE).until(() -> get(world.sessions, "back").status() == 200);
    }

    @Test
    @Order(4)
    @DisplayName("C-04: answers of Redis come after the timeout")
    void shouldLeaveRedisAloneWhenItIsTooSlowAndAskItAgain() throws Exception {
        // given
        world.road.delay(Duration.ofMillis(700));

        // when
        List<HttpAnswer> reads =
                atOnce(200, i -> get(world.products, Integer.toString(1 + i % 50)));
        List<HttpAnswer> writes = atOnce(200, i -> put("late" + i));

        // then
        assertThat(statuses(reads)).containsExactly(200);
        assertThat(statuses(writes)).containsExactly(503);
        assertThat(statuses(atOnce(50, i -> get(world.products, Integer.toString(1 + i % 50)))))
                .containsExactly(200);
        assertThat(world.service.management.get("/actuator/prometheus").text())
                .containsPattern("freshet_redis_errors_total\\{kind=\"open\",op=\"[a-z]+\"} [1-9]");

        // and when
        world.road.delay(Duration.ZERO);

        // then
        awaitServed();
    }
}
