package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import io.freshet.api.topic.TopicSender;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.event.WarmProgress.Tally;
import io.freshet.contracts.id.Namespace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** F4, I6: how far warm jobs are, as workers tell it, and giving them up. */
@ExtendWith(SharedService.class)
class WarmJobsIT {

    private static final String JOBS = "/api/v1/cache/warm-jobs";

    private final RunningService service;
    private TopicSender worker;

    WarmJobsIT(RunningService service) {
        this.service = service;
    }

    @BeforeEach
    void open() {
        worker = new TopicSender(service.kafka.bootstrapServers(), "a-worker");
    }

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void shouldSendEachChangeOfAJobUntilItHasEnded() throws Exception {
        // given
        WarmJob job = submit();
        tell(WarmProgress.divided(job, 2, State.RUNNING, Tally.of(150), Instant.now()));
        await().until(() -> state(job).equals("running"));

        // when
        CompletableFuture<HttpResponse<String>> events;
        try (var http = HttpClient.newHttpClient()) {
            events =
                    http.sendAsync(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:%d%s/%s/events"
                                                            .formatted(
                                                                    service.port(),
                                                                    JOBS,
                                                                    job.id())))
                                    .header("Authorization", "Bearer " + RunningService.TOKEN)
                                    .build(),
                            BodyHandlers.ofString());
            tell(part(job, 1, State.DONE, 100));
            tell(part(job, 2, State.RUNNING, 10));
            tell(part(job, 2, State.DONE, 50));
            await().atMost(Duration.ofSeconds(30)).until(events::isDone);
        }

        // then
        assertThat(events.get().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/event-stream");
        String last =
                events.get()
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("data:"))
                        .toList()
                        .getLast();
        assertThat(last).contains("\"state\":\"done\"", "\"loaded\":150", "\"parts\":2");
    }

    @Test
    void shouldListJobsAndGiveThemUp() throws Exception {
        // given
        WarmJob job = submit();

        // when
        HttpAnswer cancelled = service.api.delete(JOBS + "/" + job.id());

        // then
        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.json().get("job").asString()).isEqualTo(job.id());
        assertThat(
                        service.api
                                .get(JOBS)
                                .json()
                                .get("jobs")
                                .valueStream()
                                .map(listed -> listed.get("job").asString()))
                .contains(job.id());
        assertThat(service.api.delete(JOBS + "/none").status()).isEqualTo(404);
    }

    @Test
    void shouldRefuseAQueryThatTheNamespaceDoesNotHave() {
        HttpAnswer refused =
                service.api.post(service.path(service.products, "warm"), "{\"query\": \"none\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("code").asString()).isEqualTo("illegal-value");
        assertThat(refused.text()).contains("has no query 'none'");
    }

    private WarmJob submit() {
        HttpAnswer accepted =
                service.api.post(service.path(service.products, "warm"), "{\"top\": 5}");
        return new WarmJob(
                accepted.json().get("job").asString(),
                new Namespace(service.products),
                new Selection.Top(5),
                "api-token",
                Instant.now());
    }

    private String state(WarmJob job) {
        return service.api.get(JOBS + "/" + job.id()).json().get("state").asString();
    }

    private void tell(WarmProgress progress) {
        worker.send(service.kafka.topics().warmProgress(), progress.recordKey(), progress);
    }

    private static WarmProgress part(WarmJob job, int number, State state, long loaded) {
        return WarmProgress.of(
                job.part(number, List.of()),
                state,
                new Tally(loaded, loaded, 0, 0, 0, 0),
                Instant.now());
    }
}
