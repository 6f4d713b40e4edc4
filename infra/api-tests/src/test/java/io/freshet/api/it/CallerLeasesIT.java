package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** E5: callers who load by themselves, over REST. */
@ExtendWith(SharedService.class)
class CallerLeasesIT {

    private final RunningService service;

    CallerLeasesIT(RunningService service) {
        this.service = service;
    }

    @Test
    void shouldTellOneOfManyCallersToLoadAndGiveTheOthersItsValue() {
        // given
        String path = service.path(service.sessions, "cache-aside");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpAnswer told = service.api.get(path + "?lease");
            List<CompletableFuture<HttpAnswer>> others =
                    Stream.generate(() ->
                                    CompletableFuture.supplyAsync(
                                            () -> service.api.get(path + "?lease&wait=20000"),
                                            callers))
                            .limit(50)
                            .toList();
            // when
            HttpAnswer put =
                    service.api.put(
                            path,
                            "{\"value\": 42}",
                            "Freshet-Miss-Token",
                            told.header("Freshet-Miss-Token"));
            // then
            assertThat(told.status()).isEqualTo(404);
            assertThat(Long.parseLong(told.header("Freshet-Lease"))).isEqualTo(3_000);
            assertThat(put.status()).isEqualTo(201);
            assertThat(others)
                    .allSatisfy(other -> {
                        assertThat(other.join().status()).isEqualTo(200);
                        assertThat(other.join().json().at("/value").asInt()).isEqualTo(42);
                    });
        }
    }

    @Test
    void shouldTellTheNextToLoadWhenALeaseIsOver() {
        // given
        String path = service.path(service.sessions, "abandoned");
        service.api.get(path + "?lease");
        HttpAnswer busy = service.api.get(path + "?lease");
        // when
        HttpAnswer next = service.api.get(path + "?lease&wait=20000");
        // then
        assertThat(busy.status()).isEqualTo(409);
        assertThat(busy.code()).isEqualTo("lease-held");
        assertThat(Integer.parseInt(busy.header("Retry-After"))).isBetween(1, 4);
        assertThat(next.status()).isEqualTo(404);
        assertThat(next.header("Freshet-Lease")).isEqualTo("3000");
    }

    @Test
    void shouldRefuseWhatWasInvalidatedSinceTheLeaseAndTellTheNextToLoad() {
        // given
        String path = service.path(service.products, "990");
        HttpAnswer told = service.api.get(path + "?lease");
        service.api.post(
                "/api/v1/cache/invalidate",
                "{\"namespace\": \"%s\", \"key\": \"990\"}".formatted(service.products));
        // when
        HttpAnswer put =
                service.api.put(
                        path,
                        "{\"value\": 1}",
                        "Freshet-Miss-Token",
                        told.header("Freshet-Miss-Token"));
        HttpAnswer next = service.api.get(path + "?lease");
        // then
        assertThat(put.status()).isEqualTo(409);
        assertThat(put.code()).isEqualTo("invalidated");
        assertThat(next.status()).isEqualTo(404);
        assertThat(next.header("Freshet-Lease")).isNotEmpty();
    }
}
