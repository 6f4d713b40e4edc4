package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import java.util.List;

/** Requests that are well formed, and that the state of the cache or a source does not allow. */
final class EntryProvocations {

    private EntryProvocations() {}

    static List<Provocation> all() {
        return List.of(
                new Provocation(
                        ProblemCode.KEY_NOT_FOUND,
                        "a key that nobody put",
                        "PUT it",
                        service -> service.api.get(service.path(service.sessions, "nobody"))),
                new Provocation(
                        ProblemCode.KEY_NOT_FOUND,
                        "a key that the source does not have",
                        "the source has no such key",
                        service -> service.api.get(service.path(service.products, "999"))),
                new Provocation(
                        ProblemCode.KEY_NOT_FOUND,
                        "a key that is not cached",
                        "Freshet-Miss-Token",
                        service -> miss(service, "998")),
                new Provocation(
                        ProblemCode.KEY_NOT_FOUND,
                        "nothing to delete",
                        "nothing to delete",
                        service -> service.api.delete(service.path(service.sessions, "nobody"))),
                new Provocation(
                        ProblemCode.KEY_REJECTED,
                        "a key that the source's query cannot take",
                        "refuses the key",
                        service -> service.api.get(service.path(service.products, "abc"))),
                new Provocation(
                        ProblemCode.TOKEN_REQUIRED,
                        "a PUT without a token beside a source",
                        "Freshet-Miss-Token",
                        service ->
                                service.api.put(
                                        service.path(service.products, "1"), "{\"value\": 1}")),
                new Provocation(
                        ProblemCode.INVALIDATED,
                        "an invalidation between miss and PUT",
                        "load it again",
                        EntryProvocations::overtakenPut),
                new Provocation(
                        ProblemCode.SOURCE_TIMEOUT,
                        "a source that sleeps",
                        "within 100 ms",
                        service -> service.api.get(service.path(service.slow, "1"))),
                new Provocation(
                        ProblemCode.SOURCE_UNAVAILABLE,
                        "a source that fails",
                        "out of order",
                        service -> service.api.get(service.path(service.failing, "1"))),
                new Provocation(
                        ProblemCode.WINDOW_EXCEEDED,
                        "a commit that this node has not heard of, and no source to ask",
                        "cannot ask a source",
                        service ->
                                service.api.get(
                                        service.path(service.sessions, "lsn"),
                                        "Freshet-Min-LSN",
                                        "FFFFFFFF/0")));
    }

    private static HttpAnswer miss(RunningService service, String key) {
        return service.api.get(
                service.path(service.products, key), "Cache-Control", "only-if-cached");
    }

    private static HttpAnswer overtakenPut(RunningService service) {
        String token = miss(service, "997").header("Freshet-Miss-Token");
        service.api.post(
                "/api/v1/cache/invalidate",
                "{\"namespace\": \"%s\", \"key\": \"997\"}".formatted(service.products));
        return service.api.put(
                service.path(service.products, "997"),
                "{\"value\": 1}",
                "Freshet-Miss-Token",
                token);
    }
}
