package io.freshet.api.namespace;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.node.Node;
import io.freshet.api.problem.ProblemCode;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SourceConfig;
import java.util.Locale;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows the namespaces as they are in force on this node. */
public final class NamespaceEndpoints {

    private final Node node;
    private final Catalog catalog;

    public NamespaceEndpoints(Node node, Catalog catalog) {
        this.node = node;
        this.catalog = catalog;
    }

    /** {@code GET /namespaces}. */
    public Mono<ServerResponse> list(ServerRequest request, ApiPath path) {
        var json = new JsonWriter(1024).beginObject().name("namespaces").beginArray();
        node.running().namespaces().all().forEach(config -> write(config, json));
        return JsonAnswer.ok(json.endArray().endObject());
    }

    /** {@code GET /namespaces/{namespace}}. */
    public Mono<ServerResponse> show(ServerRequest request, ApiPath path) {
        String name = path.decoded(1, ProblemCode.ILLEGAL_NAMESPACE);
        var json = new JsonWriter();
        write(catalog.find(name).config(), json);
        return JsonAnswer.ok(json);
    }

    private static void write(NamespaceConfig config, JsonWriter json) {
        json.beginObject()
                .name("name")
                .value(config.name().value())
                .name("default_ttl")
                .value(config.defaultTtl().toSeconds())
                .name("max_staleness_ms")
                .value(config.maxStaleness().toMillis())
                .name("on_stale")
                .value(config.onStale().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .name("max_value_bytes")
                .value(config.maxValueBytes())
                .name("put_without_token")
                .value(config.putWithoutToken())
                .name("source");
        SourceConfig source = config.source();
        if (source == null) {
            json.nothing();
        } else {
            write(source, json);
        }
        json.endObject();
    }

    private static void write(SourceConfig source, JsonWriter json) {
        json.beginObject()
                .name("database")
                .value(source.database())
                .name("sql")
                .value(source.sql())
                .name("timeout_ms")
                .value(source.timeout().toMillis())
                .name("tags")
                .values(source.tags())
                .endObject();
    }
}
