package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PUT and DELETE in a namespace that writes its source. */
@ExtendWith(SharedService.class)
class WriteThroughIT {

    private static HttpAnswer put(RunningService service, String key, String value) {
        return service.api.put(service.path(service.notes, key), "{\"value\": " + value + "}");
    }

    private static HttpAnswer get(RunningService service, String key, String... headers) {
        return service.api.get(service.path(service.notes, key), headers);
    }

    @Test
    void shouldWriteTheSourceAndThenTheCache(RunningService service) {
        // given a value that is cached
        put(service, "1", "{\"text\": \"first\"}");
        assertThat(get(service, "1").header("X-Cache-Tier")).isEqualTo("l1");

        // when
        HttpAnswer answer = put(service, "1", "{\"text\": \"second\", \"more\": 1}");

        // then it is what the source makes of it, and there already
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("written").asBoolean()).isTrue();
        assertThat(answer.header("Freshet-LSN")).matches("[0-9A-F]+/[0-9A-F]+");
        HttpAnswer read = get(service, "1");
        assertThat(read.header("X-Cache-Tier")).isEqualTo("l1");
        assertThat(read.json().path("value").toString())
                .isEqualTo("{\"id\":1,\"text\":\"second\",\"slug\":null}");
        assertThat(get(service, "1", "Freshet-After", answer.header("Freshet-Token")).text())
                .contains("second");
    }

    @Test
    void shouldDeleteInTheSource(RunningService service) {
        // given
        put(service, "2", "{\"text\": \"short-lived\"}");

        // when
        HttpAnswer deleted = service.api.delete(service.path(service.notes, "2"));

        // then
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(get(service, "2").status()).isEqualTo(404);
        assertThat(service.api.delete(service.path(service.notes, "2")).code())
                .isEqualTo("key-not-found");
    }

    @Test
    void shouldLeaveEverythingAsItIsWhenTheSourceRefuses(RunningService service) {
        // given
        put(service, "3", "{\"text\": \"kept\", \"slug\": \"taken\"}");

        // when
        HttpAnswer conflict = put(service, "4", "{\"text\": \"x\", \"slug\": \"taken\"}");
        HttpAnswer invalid = put(service, "3", "{\"text\": \"" + "long".repeat(20) + "\"}");

        // then
        ProblemDocument.of(conflict)
                .requireThat(
                        ProblemCode.SOURCE_CONFLICT,
                        "constraint 'notes_slug_key' (SQLSTATE 23505)");
        ProblemDocument.of(invalid)
                .requireThat(
                        ProblemCode.VALUE_REJECTED,
                        "constraint 'notes_text_check' (SQLSTATE 23514)");
        assertThat(conflict.text() + invalid.text())
                .doesNotContain("INSERT")
                .doesNotContain("long");
        assertThat(get(service, "3").text()).contains("kept");
        assertThat(get(service, "4").status()).isEqualTo(404);
    }

    @Test
    void shouldWriteBatches(RunningService service) {
        // when
        HttpAnswer answer =
                service.api.post(
                        "/api/v1/cache/" + service.notes + "/mset",
                        """
                        {"entries": [{"key": "11", "value": {"text": "a"}},
                                     {"key": "12", "value": {"text": null}}]}
                        """);

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("value-rejected").contains("column 'text'");
        assertThat(get(service, "11").text()).contains("\"a\"");
    }
}
