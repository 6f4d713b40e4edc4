package io.freshet.infra.check.instance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.freshet.infra.check.instance.HttpWire.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpWireTest {

    private static final int CHUNKED = 0;

    private HttpServer server;
    private HttpWire wire;

    @BeforeEach
    void connect() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/sized", exchange -> echo(exchange, false));
        server.createContext("/chunked", exchange -> echo(exchange, true));
        server.start();
        wire = HttpWire.to(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void close() {
        wire.close();
        server.stop(0);
    }

    @Test
    void shouldReadOneAnswerAfterTheOtherOnOneConnection() throws IOException {
        Response first =
                wire.ask("POST", "/sized", Map.of("Asked", "one"), "Zürich".getBytes(UTF_8));
        Response second =
                wire.ask("POST", "/chunked", Map.of("Asked", "two"), "Oslo".getBytes(UTF_8));

        assertThat(first.status()).isEqualTo(404);
        assertThat(first.headers()).containsEntry("answered", "one");
        assertThat(first.body()).isEqualTo("Zürich");
        assertThat(second.headers()).containsEntry("answered", "two");
        assertThat(second.body()).isEqualTo("Oslo");
    }

    private static void echo(HttpExchange exchange, boolean chunked) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders()
                .add("Answered", exchange.getRequestHeaders().getFirst("Asked"));
        exchange.sendResponseHeaders(404, chunked ? CHUNKED : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
