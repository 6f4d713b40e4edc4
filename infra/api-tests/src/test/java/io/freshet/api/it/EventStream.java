package io.freshet.api.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A caller that follows invalidations. */
final class EventStream implements AutoCloseable {

    /** As many as a service of the tests takes. */
    static final int MOST = 8;

    /** Events that wait for one of them. */
    static final int WAITING = 64;

    private static final long PATIENCE_SECONDS = 20;

    /** What was told; the name of a comment is {@code comment}. */
    record Told(String name, String id, JsonNode data) {}

    private final InputStream body;
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    private EventStream(InputStream body) {
        this.body = body;
    }

    /** Follows; a header with the id to go on from may be given. */
    static EventStream open(RunningService service, String query, String... headers) {
        EventStream stream = idle(service, query, headers);
        Thread.ofVirtual().start(stream::read);
        return stream;
    }

    /** Follows, and does not read. */
    static EventStream idle(RunningService service, String query, String... headers) {
        var uri = "http://127.0.0.1:%d/api/v1/cache/events%s".formatted(service.port(), query);
        var request =
                HttpRequest.newBuilder(URI.create(uri))
                        .header("Authorization", "Bearer " + RunningService.TOKEN);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new EventStream(
                    HttpClient.newHttpClient()
                            .send(request.build(), BodyHandlers.ofInputStream())
                            .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Begins to read what has come. */
    void resume() {
        Thread.ofVirtual().start(this::read);
    }

    /** The next that is no comment. */
    Told next() {
        while (true) {
            Told next = any();
            if (!next.name().equals("comment")) {
                return next;
            }
        }
    }

    /** The next of that name. */
    Told next(String name) {
        while (true) {
            Told next = any();
            if (next.name().equals(name)) {
                return next;
            }
        }
    }

    private Told any() {
        try {
            Told next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing more was told");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String name = "";
            String id = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3);
                } else if (line.startsWith("event:")) {
                    name = line.substring(6);
                } else if (line.startsWith("data:")) {
                    data = line.substring(5);
                } else if (line.startsWith(":")) {
                    name = "comment";
                } else if (line.isEmpty()) {
                    told.add(
                            new Told(
                                    name,
                                    id,
                                    data.isEmpty()
                                            ? MissingNode.getInstance()
                                            : JsonMapper.shared().readTree(data)));
                    data = "";
                }
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
