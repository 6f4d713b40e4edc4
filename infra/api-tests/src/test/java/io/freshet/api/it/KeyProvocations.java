package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import io.freshet.infra.servers.SharedServers;
import java.util.List;

/** Lists of keys that cannot be, and entries for which there is no room. */
final class KeyProvocations {

    private KeyProvocations() {}

    static List<Provocation> all() {
        return List.of(
                keys("?cursor=nonsense", ProblemCode.ILLEGAL_VALUE, "cursor"),
                keys("?limit=0", ProblemCode.ILLEGAL_VALUE, "limit"),
                keys("?limit=many", ProblemCode.ILLEGAL_VALUE, "limit"),
                keys("?pattern=[", ProblemCode.ILLEGAL_PATTERN, "["),
                keys("?patern=a", ProblemCode.UNKNOWN_FIELD, "'patern'"),
                new Provocation(
                        ProblemCode.KEY_NOT_FOUND,
                        "metadata of what is not there",
                        "nothing is cached",
                        service ->
                                service.api.get(service.path(service.sessions, "nobody?metadata"))),
                new Provocation(
                        ProblemCode.STORAGE_FULL,
                        "one entry more than a namespace may hold that evicts none",
                        "no room",
                        KeyProvocations::overfill));
    }

    private static HttpAnswer overfill(RunningService service) {
        String name = SharedServers.freshName("narrow");
        service.api.put(
                "/api/v1/cache/namespaces/" + name, "{\"max_entries\": 1, \"eviction\": \"none\"}");
        service.api.put(service.path(name, "first"), "{\"value\": 1}");
        return service.api.put(service.path(name, "second"), "{\"value\": 2}");
    }

    private static Provocation keys(String query, ProblemCode code, String says) {
        return new Provocation(
                code,
                "keys" + query,
                says,
                service -> service.api.get(service.path(service.sessions, "keys" + query)));
    }
}
