package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of generated clients, which send every field that they know: null, or empty lists. */
@ExtendWith(SharedService.class)
class LeftOutFieldsIT {

    private static final String API = "/api/v1/cache/";

    private final RunningService service;

    LeftOutFieldsIT(RunningService service) {
        this.service = service;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "list    | {'push_left': [], 'push_right': [null], 'pop_left': null, 'ttl': null, 'tags': []}",
                "list    | {'push_left': [ ], 'push_right': [], 'pop_left': 1, 'pop_right': null, 'ttl': null}",
                "set     | {'add': ['a'], 'remove': [], 'ttl': null, 'tags': null}",
                "hash    | {'put': {'n': 1, 'none': null}, 'remove': [], 'increment': null, 'ttl': null}",
                "hash    | {'put': {}, 'remove': [], 'increment': {'field': 'n', 'by': null}}",
                "counter | {'increment': 1, 'ttl': null, 'tags': []}"
            })
    void shouldTakeThemForStructures(String kind, String body) {
        HttpAnswer answer =
                service.api.post(
                        service.path(service.sessions, "of-a-client-" + kind) + "/" + kind,
                        json(body));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void shouldTakeThemElsewhere() {
        assertThat(
                        service.api
                                .post(
                                        API + "invalidate",
                                        json(
                                                "{'namespace': '"
                                                        + service.sessions
                                                        + "', 'key': null, 'keys': ['a'], 'tag': null, 'tags': [], 'pattern': null, 'all': null, 'mode': null}"))
                                .status())
                .isEqualTo(200);
        assertThat(
                        service.api
                                .post(
                                        API + "locks/of-a-client",
                                        json("{'ttl': '1s', 'wait': null}"))
                                .status())
                .isEqualTo(201);
        assertThat(
                        service.api
                                .post(
                                        API + service.products + "/warm",
                                        json("{'keys': [], 'top': 5}"))
                                .status())
                .isEqualTo(202);
    }

    @Test
    void shouldTakeThemForNamespaces() {
        // given
        String namespace = API + "namespaces/of-a-client";
        // when
        HttpAnswer answer =
                service.api.put(
                        namespace,
                        json(
                                "{'name': null, 'refresh': null, 'classes': [], 'source': {'sql': 'SELECT name FROM products WHERE id = CAST(:key AS bigint)', 'database': null, 'url': null, 'headers': {}, 'tags': []}}"));
        service.api.delete(namespace);
        // then
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
