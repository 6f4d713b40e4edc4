package io.freshet.api.keys;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.Query;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.Inventory;
import io.freshet.engine.entry.EntryHeader;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Tells what is known of an entry: {@code GET /{namespace}/{key}?metadata}. It is asked for beside
 * the path, since any path segment may be a key. Asking is not a use of the entry.
 */
public final class EntryMetadata {

    private static final String PARAMETER = "metadata";

    private final Node node;
    private final Catalog catalog;
    private final InstantSource clock;

    public EntryMetadata(Node node, Catalog catalog, InstantSource clock) {
        this.node = node;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Whether a read of an entry asks for this. */
    public static boolean isMeantBy(ServerHttpRequest request) {
        return Query.beginsWith(request.getURI(), PARAMETER);
    }

    /** Answers it. */
    public Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response, ApiPath path) {
        Catalog.Served namespace = catalog.find(path.namespace());
        EntryKey key = path.key();
        Query.of(request.getURI(), Set.of(PARAMETER));
        return Outcome.of(node.running().inventory().metadata(namespace.config(), key))
                .flatMap(found -> {
                    Inventory.Metadata metadata =
                            found.orElseThrow(() ->
                                    new ProblemException(
                                            ProblemCode.KEY_NOT_FOUND,
                                            "nothing is cached under this key"));
                    return JsonAnswer.write(response, json(key, metadata));
                });
    }

    private byte[] json(EntryKey key, Inventory.Metadata metadata) {
        EntryHeader header = metadata.header();
        long millis = header.softExpiry().toEpochMilli() - clock.millis();
        return new JsonWriter()
                .beginObject()
                .name("key")
                .value(key.value())
                .name("created_at")
                .plain(header.created().toString())
                .name("last_access")
                .plain(
                        clock.instant()
                                .minus(metadata.idle())
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString())
                .name("access_count")
                .value(metadata.reads())
                .name("size")
                .value(metadata.size())
                .name("ttl_remaining")
                .value(Math.ceilDiv(Math.max(0, millis), 1_000L))
                .name("content_type")
                .value(header.contentType())
                .name("tags")
                .values(header.tags().stream().sorted().map(Tag::value).toList())
                .name("fresh_as_of")
                .plain(header.stamp().toString())
                .endObject()
                .toBytes();
    }
}
