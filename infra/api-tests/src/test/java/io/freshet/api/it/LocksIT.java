package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** E7: locks with fencing tokens, over REST. */
@ExtendWith(SharedService.class)
class LocksIT {

    private static final String LOCKS = "/api/v1/cache/locks/";

    private final RunningService service;

    LocksIT(RunningService service) {
        this.service = service;
    }

    @Test
    void shouldAcquireRenewShowAndRelease() {
        // given
        String lock = LOCKS + "life";
        // when
        HttpAnswer acquired = service.api.post(lock, "{\"ttl\": \"5s\"}");
        long token = acquired.json().at("/token").asLong();
        HttpAnswer renewed =
                service.api.put(lock, "{\"ttl\": \"60s\", \"token\": %d}".formatted(token));
        HttpAnswer shown = service.api.get(lock);
        HttpAnswer released = service.api.delete(lock + "?token=" + token);
        // then
        assertThat(acquired.status()).isEqualTo(201);
        assertThat(token).isPositive();
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(shown.json().at("/held").asBoolean()).isTrue();
        assertThat(shown.json().at("/token").asLong()).isEqualTo(token);
        assertThat(shown.json().at("/remaining_ms").asLong()).isBetween(50_000L, 60_000L);
        assertThat(released.json().at("/held").asBoolean()).isFalse();
        assertThat(service.api.get(lock).json().at("/held").asBoolean()).isFalse();
    }

    @Test
    void shouldGiveALockToWhoWaitsWhenItIsReleased() {
        // given
        String lock = LOCKS + "wanted";
        long first = service.api.post(lock, "{}").json().at("/token").asLong();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<HttpAnswer> waiting =
                    CompletableFuture.supplyAsync(
                            () -> service.api.post(lock, "{\"wait\": \"20s\"}"), callers);
            // when
            service.api.delete(lock + "?token=" + first);
            // then
            HttpAnswer second = waiting.join();
            assertThat(second.status()).isEqualTo(201);
            assertThat(second.json().at("/token").asLong()).isGreaterThan(first);
        }
    }
}
