package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import io.freshet.infra.servers.SharedServers;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Namespaces are created, read, changed and removed while the service runs (B1 to B4). */
@ExtendWith(SharedService.class)
class NamespacesIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final RunningService service;
    private final String name = SharedServers.freshName("made");
    private final String path = "/api/v1/cache/namespaces/" + name;

    NamespacesIT(RunningService service) {
        this.service = service;
    }

    @Test
    void shouldServeANamespaceAsSoonAsItIsCreated() {
        // when
        HttpAnswer created = service.api.put(path, "{\"default_ttl\": \"10m\"}");

        // then
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("name").asString()).isEqualTo(name);
        HttpAnswer put = service.api.put(service.path(name, "k"), "{\"value\": 1}");
        assertThat(put.status()).isEqualTo(201);
        assertThat(service.api.get(service.path(name, "k")).header("X-Cache-TTL"))
                .satisfies(ttl -> assertThat(Long.parseLong(ttl)).isBetween(500L, 600L));
    }

    @Test
    void shouldTakeBackWhatItHasShown() {
        // given
        service.api.put(path, "{\"classes\": [{\"name\": \"hot\", \"keys\": \"hot_*\"}]}");
        HttpAnswer shown = service.api.get(path);

        // when
        HttpAnswer again = service.api.put(path, shown.text(), "If-Match", shown.header("ETag"));

        // then
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(shown.text());
        assertThat(changes()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAChangeOfWhatSomebodyElseHasChanged() {
        // given
        service.api.put(path, "{}");
        String tag = service.api.get(path).header("ETag");
        service.api.put(path, "{\"max_entries\": 10}");

        // when
        HttpAnswer late = service.api.put(path, "{\"max_entries\": 20}", "If-Match", tag);

        // then
        assertThat(late.status()).isEqualTo(412);
        assertThat(service.api.get(path).json().get("max_entries").asLong()).isEqualTo(10);
    }

    @Test
    void shouldForgetWhatARemovedNamespaceHeld() {
        // given
        service.api.put(path, "{}");
        service.api.put(service.path(name, "k"), "{\"value\": 1}");

        // when
        HttpAnswer removed = service.api.delete(path);

        // then
        assertThat(removed.text()).isEqualTo("{\"success\":true,\"deleted\":true}");
        assertThat(service.api.get(service.path(name, "k")).json().get("code").asString())
                .isEqualTo("namespace-not-found");
        service.api.put(path, "{}");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(service.api.get(service.path(name, "k")).status())
                                .isEqualTo(404));
    }

    @Test
    void shouldForgetWhatWasReadFromAnotherSource() {
        // given
        service.api.put(path, source("SELECT 'old' AS name, :key AS key"));
        assertThat(service.api.get(service.path(name, "1")).text()).contains("old");

        // when
        service.api.put(path, source("SELECT 'new' AS name, :key AS key"));

        // then
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(service.api.get(service.path(name, "1")).text())
                                .contains("new"));
    }

    @Test
    void shouldRecordWhoChangedWhat() throws SQLException {
        // given
        service.api.put(path, "{}");

        // when
        service.sql(
                "UPDATE freshet.cache_namespaces SET max_entries = 7 WHERE name = '%s'"
                        .formatted(name));
        service.api.delete(path);

        // then
        var changes = service.api.get(path + "/changes").json().get("changes");
        assertThat(changes.valueStream().map(change -> change.get("operation").asString()))
                .containsExactly("delete", "update", "insert");
        assertThat(changes.valueStream().map(change -> change.get("changed_by").asString()))
                .containsExactly("api-token", service.database.user(), "api-token");
        assertThat(changes.get(1).get("before").get("max_entries").asLong()).isZero();
        assertThat(changes.get(1).get("after").get("max_entries").asLong()).isEqualTo(7);
    }

    private int changes() {
        return service.api.get(path + "/changes").json().get("changes").size();
    }

    private static String source(String sql) {
        return "{\"max_staleness\": \"1h\", \"source\": {\"sql\": \"" + sql + "\"}}";
    }
}
