package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service end to end; F-01 to F-15 are those of the requirements. */
@ExtendWith(SharedService.class)
class ApiServiceIT {

    private final RunningService service;

    ApiServiceIT(RunningService service) {
        this.service = service;
    }

    @Test
    void f01_shouldGetExistingKey() {
        // given
        String path = service.path(service.sessions, "f01");
        service.api.put(
                path, "{\"value\": {\"name\": \"John\"}, \"ttl\": 60, \"tags\": [\"a b\"]}");

        // when
        HttpAnswer answer = service.api.get(path);

        // then
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/value/name").asString()).isEqualTo("John");
    }
}
