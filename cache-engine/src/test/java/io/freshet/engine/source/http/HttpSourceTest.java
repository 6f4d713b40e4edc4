package io.freshet.engine.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.namespace.HttpSourceConfig;
import io.freshet.engine.source.InvalidSourceException;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.source.Source;
import io.freshet.engine.source.SourceException;
import io.freshet.engine.source.SourceException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSourceTest {

    private static final int MAX_BYTES = 100;

    private WebServer server;
    private HttpOrigins origins;

    @BeforeEach
    void start() throws IOException {
        server = new WebServer();
        origins = new HttpOrigins(privately("http://127.0.0.1:" + server.port()));
    }

    @AfterEach
    void stop() {
        origins.close();
        server.close();
    }

    private static HttpOptions privately(String origin) {
        return new HttpOptions(
                Set.of(), Set.of(Origin.parse(origin)), new Secrets(Map.of("prices", "a$1secret")));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private static HttpSourceConfig config(String url, String... tags) {
        return new HttpSourceConfig(
                url, Duration.ofSeconds(10), Map.of("X-Api-Key", "secret"), List.of(tags));
    }

    private Loaded load(String key, String... tags) throws Exception {
        return load(config(url("/items/{key}"), tags), key);
    }

    private Loaded load(HttpSourceConfig config, String key) throws Exception {
        return origins.source(config, MAX_BYTES)
                .load(new EntryKey(key))
                .toCompletableFuture()
                .get(20, SECONDS);
    }

    private static SourceException failure(Source source, String key) throws Exception {
        try {
            source.load(new EntryKey(key)).toCompletableFuture().get(20, SECONDS);
            throw new AssertionError("it answered");
        } catch (ExecutionException e) {
            return (SourceException) Objects.requireNonNull(e.getCause());
        }
    }

    private SourceException failure(String key) throws Exception {
        return failure(origins.source(config(url("/items/{key}")), MAX_BYTES), key);
    }

    @Test
    void shouldPassTheBytesAndTheirTypeThrough() throws Exception {
        // given
        server.body = "a, b\n1, ✓";
        server.answers = Map.of("Content-Type", "text/csv; charset=utf-8");

        // when
        var value = (Loaded.Value) load("42");

        // then
        assertThat(new String(value.bytes(), UTF_8)).isEqualTo("a, b\n1, ✓");
        assertThat(value.contentType()).isEqualTo("text/csv; charset=utf-8");
        assertThat(server.asked).containsExactly("/items/42");
        assertThat(server.headers).containsEntry("X-api-key", List.of("secret"));
    }

    @Test
    void shouldSendTheSecretsThatHeadersName() throws Exception {
        // when
        load(withAuthorization("Bearer ${secret:prices}"), "42");

        // then
        assertThat(server.headers).containsEntry("Authorization", List.of("Bearer a$1secret"));
    }

    @Test
    void shouldRefuseToNameASecretThatThereIsNot() {
        assertThatThrownBy(() -> origins.validate(withAuthorization("${secret:HOME}")))
                .isInstanceOf(InvalidSourceException.class)
                .hasMessageContaining("there is no secret 'HOME', there are [prices]");
    }

    private HttpSourceConfig withAuthorization(String value) {
        return new HttpSourceConfig(
                url("/items/{key}"),
                Duration.ofSeconds(10),
                Map.of("Authorization", value),
                List.of());
    }

    @Test
    void shouldKeepTheKeyInItsPlace() throws Exception {
        // when
        load(config(url("/items/{key}?of={key}")), "../a b/%2e?x=1&y#z✓");

        // then
        String encoded = "..%2Fa%20b%2F%252e%3Fx%3D1%26y%23z%E2%9C%93";
        assertThat(server.asked).containsExactly("/items/" + encoded + "?of=" + encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void shouldRefuseKeysThatAreSteps(String key) throws Exception {
        assertThat(failure(key).reason()).isEqualTo(Reason.REJECTED);
        assertThat(server.asked).isEmpty();
    }

    @Test
    void shouldTakeTagsFromFieldsAndFromTheHeader() throws Exception {
        // given
        server.body = "{\"id\": 7, \"shop\": \"x\", \"more\": {\"a\": [1]}}";
        server.answers =
                Map.of(
                        "Content-Type",
                        "application/json;charset=UTF-8",
                        "Surrogate-Key",
                        "all  shop:y ");

        // when
        var value = (Loaded.Value) load("7", "item:{id}", "shop:{shop}");

        // then
        assertThat(value.contentType()).isEqualTo("application/json");
        assertThat(value.tags())
                .containsExactlyInAnyOrder(
                        new Tag("item:7"), new Tag("shop:x"), new Tag("all"), new Tag("shop:y"));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void shouldBeAbsent(int status) throws Exception {
        // given
        server.status = status;

        // then
        assertThat(load("7")).isEqualTo(new Loaded.Absent());
    }

    @ParameterizedTest
    @CsvSource({
        "301, UNAVAILABLE",
        "302, UNAVAILABLE",
        "307, UNAVAILABLE",
        "204, UNAVAILABLE",
        "401, UNAVAILABLE",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "400, REJECTED",
        "422, REJECTED"
    })
    void shouldFailWithoutFollowing(int status, Reason reason) throws Exception {
        // given
        server.status = status;
        server.body = "";
        server.answers = Map.of("Location", url("/elsewhere"));

        // when
        var failure = failure("7");

        // then
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(server.asked).containsExactly("/items/7");
    }

    @Test
    void shouldTakeNoMoreBytesThanAValueMayHave() throws Exception {
        // given
        server.answers = Map.of("Content-Type", "text/plain");
        server.body = "x".repeat(MAX_BYTES);
        assertThat(((Loaded.Value) load("fits")).bytes()).hasSize(MAX_BYTES);
        server.body = "x".repeat(1_000_000);

        // when
        var failure = failure("large");

        // then
        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure).hasMessageContaining("100 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "", "{} {}", "nothing"})
    void shouldNotTakeForJsonWhatIsNone(String body) throws Exception {
        // given
        server.body = body;

        // then
        assertThat(failure("7").reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void shouldGiveUpAtTheTimeout() throws Exception {
        // given
        server.hangs = true;
        var impatient =
                new HttpSourceConfig(
                        url("/items/{key}"), Duration.ofMillis(200), Map.of(), List.of());

        // when
        var failure = failure(origins.source(impatient, MAX_BYTES), "7");

        // then
        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void shouldNotConnectToAPrivateAddressBehindAName() throws Exception {
        // given a name that is allowed, and is this machine
        String origin = "http://localhost:" + server.port();
        try (var strict =
                new HttpOrigins(
                        new HttpOptions(Set.of(Origin.parse(origin)), Set.of(), Secrets.NONE))) {

            // when
            var failure = failure(strict.source(config(origin + "/{key}"), MAX_BYTES), "7");

            // then
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("no public address");
            assertThat(server.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1:1/{key}           | freshet.http-sources.allowed",
                "https://api.example.com/{key}      | freshet.http-sources.allowed",
                "http://10.0.0.1/{key}              | freshet.http-sources.allowed-private",
                "http://169.254.169.254/{key}       | freshet.http-sources.allowed-private",
                "http://[::1]/{key}                 | freshet.http-sources.allowed-private",
                "http://{key}.example.com/          | path or query",
                "http://example.com/{key}#{key}     | fragment",
                "http://u:p@example.com/{key}       | no user",
                "http://example.com/{id}/{key}      | braces",
                "http://public.example.com:81/{key} | freshet.http-sources.allowed"
            })
    void shouldSayWhyASourceIsNotAllowed(String url, String says) {
        // given
        var options =
                new HttpOptions(
                        Set.of(
                                Origin.parse("http://10.0.0.1"),
                                Origin.parse("http://169.254.169.254/"),
                                Origin.parse("http://[::1]"),
                                Origin.parse("http://public.example.com")),
                        Set.of(),
                        Secrets.NONE);
        try (var strict = new HttpOrigins(options)) {

            // then
            assertThatThrownBy(() -> strict.validate(config(url)))
                    .isInstanceOf(InvalidSourceException.class)
                    .hasMessageContaining(says);
        }
    }
}
