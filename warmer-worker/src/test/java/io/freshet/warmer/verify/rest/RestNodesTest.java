package io.freshet.warmer.verify.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.warmer.verify.Answer;
import io.freshet.warmer.verify.Content;
import io.freshet.warmer.verify.Spot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** X6: what the verifier asks nodes, and what it makes of their answers. */
class RestNodesTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Spot SPOT = new Spot(CITIES, new EntryKey("a b/c"));
    private static final byte[] BODY = "{}".getBytes(UTF_8);

    private volatile int status = 200;
    private volatile Map<String, String> answered = Map.of();
    private volatile byte[] body = BODY;
    private volatile String path = "";
    private volatile Map<String, List<String>> asked = Map.of();

    private HttpServer server;
    private RestNodes nodes;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        nodes =
                new RestNodes(
                        List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                        "a-token");
    }

    @AfterEach
    void stop() {
        nodes.close();
        server.stop(0);
    }

    @Test
    void shouldReadAsOneWhoOnlyObserves() {
        // when
        Answer answer = read();

        // then
        assertThat(answer).isEqualTo(new Answer.Held(Content.Value.of(BODY), false));
        assertThat(path).isEqualTo("/api/v1/cache/cities/a%20b%2Fc?raw");
        assertThat(asked)
                .containsEntry("Freshet-probe", List.of("true"))
                .containsEntry("Cache-control", List.of("only-if-cached"))
                .containsEntry("Authorization", List.of("Bearer a-token"));
    }

    @Test
    void shouldTellMemoryFromRedis() {
        answered = Map.of("X-Cache-Tier", "l1");

        assertThat(read()).isEqualTo(new Answer.Held(Content.Value.of(BODY), true));
    }

    @Test
    void shouldKnowAnAbsentRowOnlyOfMemory() {
        status = 404;
        answered = Map.of("X-Cache-Tier", "l2");
        assertThat(read()).isEqualTo(new Answer.NotCached());

        answered = Map.of("X-Cache-Tier", "l1");
        assertThat(read()).isEqualTo(new Answer.Held(new Content.Absent(), true));
    }

    @Test
    void shouldNotJudgeWhatIsMarkedStale() {
        answered = Map.of("Freshet-Stale", "true");

        assertThat(read()).isEqualTo(new Answer.Marked());
    }

    @Test
    void shouldFailWhereANodeCannotAnswer() {
        status = 503;
        assertThat(read()).isEqualTo(new Answer.Failed());

        server.stop(0);
        assertThat(read()).isEqualTo(new Answer.Failed());
    }

    @Test
    void shouldSayOnceThatANodeRefusesTheToken() {
        // given
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger(RestNodes.class);
        log.addAppender(said);

        // when
        status = 401;
        read();
        read();
        status = 200;
        read();
        status = 401;
        read();

        // then
        log.detachAppender(said);
        assertThat(said.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .extracting(ILoggingEvent::getMessage)
                .hasSize(2)
                .allMatch(message -> message.contains("freshet.verifier.token"));
    }

    @Test
    void shouldAskForAKeyOfDots() {
        // when
        nodes.read(nodes.all().getFirst(), new Spot(CITIES, new EntryKey("..")));

        // then
        assertThat(path).isEqualTo("/api/v1/cache/cities/%2E%2E?raw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{\"redis\": {\"created_at\": \"yesterday\", \"stamp\": \"1:2\"}}",
                "{\"redis\": {\"created_at\": \"2026-03-01T12:00:00Z\", \"stamp\": \"12\"}}"
            })
    void shouldKnowNothingWhereANodeExplainsInOtherWords(String words) {
        body = words.getBytes(UTF_8);

        assertThat(nodes.explain(nodes.all().getFirst(), SPOT, false)).isEmpty();
    }

    private Answer read() {
        return nodes.read(nodes.all().getFirst(), SPOT);
    }

    private void answer(HttpExchange exchange) throws IOException {
        path = exchange.getRequestURI().toString();
        asked = Map.copyOf(exchange.getRequestHeaders());
        answered.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
