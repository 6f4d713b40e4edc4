package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HEAD answers as GET does, without the body (A1). */
@ExtendWith(SharedService.class)
class HeadsIT {

    private final RunningService service;

    HeadsIT(RunningService service) {
        this.service = service;
        service.api.put(service.path(service.sessions, "head"), "{\"value\": 1}");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/cache/{sessions}/head, 200",
        "/api/v1/cache/{sessions}/no-such-key, 404",
        "/api/v1/cache/{sessions}/%00, 400",
        "/api/v1/cache/{sessions}/head?row, 400",
        "/api/v1/cache/{sessions}/mget, 405",
        "/api/v1/cache/{sessions}/stats, 200",
        "/api/v1/cache/nowhere/key, 404",
        "/api/v1/cache/namespaces, 200",
        "/api/v1/cache/warm-jobs, 200",
        "/api/v1/cache/warm-jobs/none, 404",
        "/api/v1/cache/fan-outs/0:9999999, 404",
        "/elsewhere, 404"
    })
    void shouldAnswerAsGetWithoutBody(String path, int status) {
        // given
        String target = path.replace("{sessions}", service.sessions);
        HttpAnswer got = service.api.get(target);

        // when
        HttpAnswer answer = service.api.head(target);

        // then
        assertThat(answer.status()).isEqualTo(status).isEqualTo(got.status());
        assertThat(answer.header("Content-Type")).isEqualTo(got.header("Content-Type"));
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void shouldRefuseHeadWithoutToken() throws Exception {
        // given
        var request = RawRequest.of("HEAD", service.path(service.sessions, "head")).withoutToken();

        // when
        HttpAnswer answer = request.to(service);

        // then
        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void shouldAnswerNotModified() {
        // given
        String path = service.path(service.sessions, "head");
        String tag = service.api.get(path).header("ETag");

        // when
        HttpAnswer answer = service.api.head(path, "If-None-Match", tag);

        // then
        assertThat(answer.status()).isEqualTo(304);
    }
}
