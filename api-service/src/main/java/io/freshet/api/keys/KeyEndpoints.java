package io.freshet.api.keys;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.Query;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.engine.Inventory;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lists the keys of a namespace, page by page. */
public final class KeyEndpoints {

    private static final int USUAL = 1_000;
    private static final int MOST = 10_000;
    private static final Set<String> PARAMETERS = Set.of("pattern", "cursor", "limit");

    private final Node node;
    private final Catalog catalog;

    public KeyEndpoints(Node node, Catalog catalog) {
        this.node = node;
        this.catalog = catalog;
    }

    /** {@code GET /{namespace}/keys}. */
    public Mono<ServerResponse> list(ServerRequest request, ApiPath path) {
        Catalog.Served namespace = catalog.find(path.namespace());
        Query query = Query.of(request.uri(), PARAMETERS);
        String pattern = query.one("pattern");
        String cursor = query.one("cursor");
        var page =
                node.running()
                        .inventory()
                        .keys(
                                namespace.config(),
                                pattern == null ? null : new KeyPattern(pattern),
                                cursor == null ? null : CursorText.parse(cursor),
                                limit(query.one("limit")));
        return Outcome.of(page).flatMap(found -> JsonAnswer.ok(json(found)));
    }

    private static JsonWriter json(Inventory.KeyPage page) {
        var json =
                new JsonWriter(64 * (page.keys().size() + 1))
                        .beginObject()
                        .name("keys")
                        .beginArray();
        page.keys().forEach(key -> json.value(key.value()));
        json.endArray().name("cursor");
        Inventory.Cursor next = page.next();
        return (next == null ? json.nothing() : json.plain(CursorText.of(next))).endObject();
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Answered below.
        }
        throw new ProblemException(ILLEGAL_VALUE, "limit is a number from 1 to " + MOST);
    }
}
