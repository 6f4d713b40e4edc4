package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import io.freshet.infra.servers.SharedServers;
import java.util.List;
import java.util.stream.Stream;

/** Requests for lists, sets, hashes and counters that are not as they must be. */
final class StructureProvocations {

    private StructureProvocations() {}

    static List<Provocation> all() {
        return Stream.of(malformed(), misplaced()).flatMap(List::stream).toList();
    }

    private static List<Provocation> malformed() {
        return List.of(
                post("list", "{}", ProblemCode.MISSING_FIELD, "'push_left'"),
                post("list", "{\"push\": [1]}", ProblemCode.UNKNOWN_FIELD, "'push'"),
                post("list", "{\"push_left\": 1}", ProblemCode.ILLEGAL_VALUE, "array"),
                post("list", "{\"push_left\": []}", ProblemCode.MISSING_FIELD, "'push_left'"),
                post("list", "{\"pop_left\": 0}", ProblemCode.ILLEGAL_VALUE, "1 to"),
                post("list", "{\"pop_left\": 1, \"ttl\": 5}", ProblemCode.ILLEGAL_VALUE, "'ttl'"),
                post(
                        "list",
                        "{\"pop_left\": 1, \"pop_right\": 1}",
                        ProblemCode.ILLEGAL_VALUE,
                        "one operation"),
                post("list", "{\"push_left\": [1], \"ttl\": 0}", ProblemCode.ILLEGAL_TTL, "'ttl'"),
                post("list", "{\"push_left\": [1,]}", ProblemCode.MALFORMED_JSON, "line 1"),
                post(
                        "list",
                        "{\"push_left\": [" + "1,".repeat(500) + "1]}",
                        ProblemCode.BATCH_TOO_LARGE,
                        "500"),
                post(
                        "list",
                        "{\"push_left\": [\"" + "x".repeat(1_100_000) + "\"]}",
                        ProblemCode.VALUE_TOO_LARGE,
                        "1048576"),
                post("set", "{\"add\": [1]}", ProblemCode.ILLEGAL_VALUE, "'add[0]'"),
                post(
                        "set",
                        "{\"add\": [\"" + "x".repeat(1_025) + "\"]}",
                        ProblemCode.ILLEGAL_VALUE,
                        "1024 bytes"),
                post("set", "{\"add\": [\"\\ud800\"]}", ProblemCode.ILLEGAL_VALUE, "text"),
                post("hash", "{\"put\": [1]}", ProblemCode.ILLEGAL_VALUE, "object"),
                post(
                        "hash",
                        "{\"increment\": {\"by\": 1}}",
                        ProblemCode.MISSING_FIELD,
                        "increment.field"),
                post(
                        "counter",
                        "{\"increment\": 9223372036854775808}",
                        ProblemCode.ILLEGAL_VALUE,
                        "digits"),
                get("list?from=x", ProblemCode.ILLEGAL_VALUE, "from"),
                get("list?limit=1001", ProblemCode.ILLEGAL_VALUE, "limit"),
                get("set?cursor=x", ProblemCode.ILLEGAL_VALUE, "cursor"),
                get("hash?field=a&limit=1", ProblemCode.ILLEGAL_VALUE, "'field'"),
                get("counter?from=1", ProblemCode.UNKNOWN_FIELD, "'from'"),
                get("counter", ProblemCode.KEY_NOT_FOUND, "POST"));
    }

    private static List<Provocation> misplaced() {
        return List.of(
                new Provocation(
                        ProblemCode.HAS_SOURCE,
                        "a counter where there is a source",
                        "without a source",
                        service ->
                                service.api.post(
                                        service.path(service.products, "1/counter"),
                                        "{\"increment\": 1}")),
                new Provocation(
                        ProblemCode.WRONG_KIND,
                        "a list where there is a counter",
                        "a counter",
                        service -> {
                            count(service, "counted");
                            return service.api.get(service.path(service.sessions, "counted/list"));
                        }),
                new Provocation(
                        ProblemCode.WRONG_KIND,
                        "an element in a value",
                        "a value",
                        service -> {
                            String path = service.path(service.sessions, "valued");
                            service.api.put(path, "{\"value\": [1]}");
                            return service.api.post(path + "/list", "{\"push_left\": [1]}");
                        }),
                new Provocation(
                        ProblemCode.WRONG_KIND,
                        "the value of a counter's key",
                        "/counter",
                        service -> {
                            count(service, "counted");
                            return service.api.get(service.path(service.sessions, "counted"));
                        }),
                new Provocation(
                        ProblemCode.WRONG_KIND,
                        "adding to a text",
                        "whole number",
                        service -> {
                            String path = service.path(service.sessions, "texts/hash");
                            service.api.post(path, "{\"put\": {\"a\": \"1\"}}");
                            return service.api.post(path, "{\"increment\": {\"field\": \"a\"}}");
                        }),
                new Provocation(
                        ProblemCode.STORAGE_FULL,
                        "a list too many",
                        "no room",
                        StructureProvocations::overfill));
    }

    private static HttpAnswer overfill(RunningService service) {
        String name = SharedServers.freshName("narrow");
        service.api.put(
                "/api/v1/cache/namespaces/" + name, "{\"max_entries\": 1, \"eviction\": \"none\"}");
        service.api.put(service.path(name, "first"), "{\"value\": 1}");
        return service.api.post(service.path(name, "second/list"), "{\"push_left\": [1]}");
    }

    private static void count(RunningService service, String key) {
        service.api.post(service.path(service.sessions, key + "/counter"), "{\"increment\": 1}");
    }

    private static Provocation post(String kind, String json, ProblemCode code, String says) {
        String shown = json.length() > 60 ? json.substring(0, 60) + "..." : json;
        return new Provocation(
                code,
                "POST " + kind + " " + shown,
                says,
                service -> service.api.post(service.path(service.sessions, "new/" + kind), json));
    }

    private static Provocation get(String query, ProblemCode code, String says) {
        return new Provocation(
                code,
                "GET " + query,
                says,
                service -> service.api.get(service.path(service.sessions, "none/" + query)));
    }
}
