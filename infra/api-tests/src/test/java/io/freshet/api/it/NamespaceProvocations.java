package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import java.sql.SQLException;
import java.util.List;

/** Changes of namespaces that are not as they must be. */
final class NamespaceProvocations {

    private static final String NAMESPACES = "/api/v1/cache/namespaces/";

    private NamespaceProvocations() {}

    static List<Provocation> all() {
        return List.of(
                put("max_age", "known are", "{\"max_age\": \"1h\"}"),
                put("a TTL without a unit", "such as 500ms", "{\"default_ttl\": 3600}"),
                put("half a character", "such as 500ms", "{\"default_ttl\": \"\\ud800\"}"),
                put(
                        "more entries than can be counted",
                        "too large a number",
                        "{\"max_entries\": 99999999999999999999999}"),
                put("another name", "as in the path", "{\"name\": \"b\"}"),
                put("half a class", "keys is missing", "{\"classes\": [{\"name\": \"hot\"}]}"),
                put("no object", "must be a JSON object", "[]"),
                put("no JSON", "not JSON", "{"),
                put("JSON without end", "nested too deeply", "[".repeat(2_000)),
                put(
                        "a query that the database refuses",
                        "nowhere",
                        "{\"source\": {\"sql\": \"SELECT :key FROM nowhere\"}}"),
                put(
                        "a query for keys that the database refuses",
                        "warm.queries.large is refused by 'primary': ERROR: relation \"nowhere\"",
                        "{\"source\": {\"sql\": \"SELECT :key AS k\"}, \"warm\": {\"queries\":"
                                + " {\"large\": \"SELECT id FROM nowhere\"}}}"),
                put(
                        "a database that nobody configured",
                        "is not configured",
                        "{\"source\": {\"database\": \"x\", \"sql\": \"SELECT :key\"}}"),
                put(
                        "writes that the source cannot take",
                        "upsert",
                        "{\"write_policy\": \"write-through\"}"),
                new Provocation(
                        ProblemCode.ILLEGAL_NAMESPACE,
                        "a namespace called as a path",
                        "choose another name",
                        service -> service.api.put(NAMESPACES + "stats", "{}")),
                new Provocation(
                        ProblemCode.NAMESPACE_NOT_FOUND,
                        "the removal of a namespace that nobody declared",
                        "'nowhere'",
                        service -> service.api.delete(NAMESPACES + "nowhere")),
                new Provocation(
                        ProblemCode.ILLEGAL_VALUE,
                        "changes before what is no change",
                        "'before'",
                        service -> service.api.get(NAMESPACES + "nowhere/changes?before=x")),
                new Provocation(
                        ProblemCode.PRECONDITION_FAILED,
                        "a change of what is not there",
                        "read it again",
                        service -> service.api.put(NAMESPACES + "nowhere", "{}", "If-Match", "*")),
                new Provocation(
                        ProblemCode.PRECONDITION_FAILED,
                        "the removal of what has changed",
                        "read it again",
                        service ->
                                service.api.delete(
                                        NAMESPACES + service.sessions, "If-Match", "\"other\"")),
                new Provocation(
                        ProblemCode.CATALOG_UNAVAILABLE,
                        "a catalog that takes no change",
                        "try again",
                        NamespaceProvocations::whileChangesCannotBeRecorded));
    }

    private static HttpAnswer whileChangesCannotBeRecorded(RunningService service) {
        try {
            service.sql("ALTER TABLE freshet.cache_namespaces_changes RENAME TO elsewhere");
            try {
                return service.api.put(NAMESPACES + "refused", "{}");
            } finally {
                service.sql("ALTER TABLE freshet.elsewhere RENAME TO cache_namespaces_changes");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Provocation put(String name, String says, String json) {
        return new Provocation(
                ProblemCode.ILLEGAL_CONFIGURATION,
                name,
                says,
                service -> service.api.put(NAMESPACES + "refused", json));
    }
}
