package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of {@code If-None-Match} (A4). */
@ExtendWith(SharedService.class)
class EntityTagsIT {

    private final RunningService service;
    private final String path;
    private final String tag;

    EntityTagsIT(RunningService service) {
        this.service = service;
        path = service.path(service.sessions, "entity-tag");
        service.api.put(path, "{\"value\": [1, 2]}");
        tag = service.api.get(path).header("ETag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "*", "\"other\", %s", "\"other\",W/%s,", "  %s  "})
    void shouldAnswerNotModified(String form) {
        // when
        HttpAnswer answer = service.api.get(path, "If-None-Match", form.formatted(tag));

        // then
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.bytes()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"other\"", "W/\"other\"", "garbage", "W/*", ",", "\"*\""})
    void shouldAnswerWithTheValue(String form) {
        // when
        HttpAnswer answer = service.api.get(path, "If-None-Match", form);

        // then
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void shouldReadTheHeaderWhenItStandsTwice() {
        // when
        HttpAnswer answer =
                service.api.get(path, "If-None-Match", "\"other\"", "If-None-Match", tag);

        // then
        assertThat(answer.status()).isEqualTo(304);
    }

    @Test
    void shouldTellRepresentationsApart() {
        // when
        HttpAnswer answer = service.api.get(path + "?raw", "If-None-Match", tag);

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isNotEqualTo(tag);
    }
}
