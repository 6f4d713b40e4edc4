package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** X7: why a key is as it is. */
@ExtendWith(SharedService.class)
class ExplainIT {

    private final RunningService service;

    ExplainIT(RunningService service) {
        this.service = service;
    }

    @Test
    void shouldSayWhyAKeyIsFresh() {
        // given
        put("explained-fresh", "explain-a");

        // when
        JsonNode found = explain("explained-fresh");

        // then
        assertThat(found.get("verdict").asString()).isEqualTo("fresh");
        assertThat(found.get("because").asString()).contains(found.at("/redis/stamp").asString());
        assertThat(found.at("/redis/tags/0").asString()).isEqualTo("explain-a");
        assertThat(found.at("/node/ready").asBoolean()).isTrue();
    }

    @Test
    void shouldNameTheInvalidationThatMadeItStale() {
        // given
        put("explained-stale", "explain-b");
        String token = invalidate("\"tag\": \"explain-b\"");

        // when
        JsonNode found = explain("explained-stale");

        // then
        assertThat(found.get("verdict").asString()).isEqualTo("stale");
        assertThat(found.get("because").asString()).contains("the tag 'explain-b'");
        assertThat(found.at("/caused_by/token").asString()).isEqualTo(token);
        assertThat(found.at("/caused_by/tag").asString()).isEqualTo("explain-b");
        assertThat(found.at("/caused_by/cause/detail").asString()).isEqualTo("api-token");
    }

    @Test
    void shouldSayWhatTookAKeyAway() {
        // given
        put("explained-absent", "explain-c");
        service.api.delete(service.path(service.sessions, "explained-absent"));

        // when
        JsonNode found = explain("explained-absent");

        // then
        assertThat(found.get("verdict").asString()).isEqualTo("absent");
        assertThat(found.at("/caused_by/key").asString()).isEqualTo("explained-absent");
        assertThat(found.get("redis").isNull()).isTrue();
    }

    @Test
    void shouldSayThatNothingIsKnown() {
        assertThat(explain("explained-never").get("verdict").asString()).isEqualTo("absent");
    }

    private void put(String key, String tag) {
        service.api.put(
                service.path(service.sessions, key),
                "{\"value\": 1, \"tags\": [\"%s\"]}".formatted(tag));
    }

    private JsonNode explain(String key) {
        return service.api.get(service.path(service.sessions, key) + "?explain").json();
    }

    private String invalidate(String what) {
        return service.api
                .post(
                        "/api/v1/cache/invalidate",
                        "{\"namespace\": \"" + service.sessions + "\", " + what + "}")
                .json()
                .at("/tokens/0")
                .asString();
    }
}
