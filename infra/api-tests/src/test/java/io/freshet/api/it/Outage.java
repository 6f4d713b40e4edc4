package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import java.util.List;
import java.util.Map;

/**
 * A server that a service is started without, and what its callers are told.
 *
 * @param says what the detail must name
 */
record Outage(ProblemCode code, String name, String says, Map<String, String> settings) {

    static List<Outage> all() {
        return List.of(
                new Outage(
                        ProblemCode.NOT_READY,
                        "PostgreSQL is away",
                        "waiting for PostgreSQL",
                        Map.of("freshet.postgres.url", "jdbc:postgresql://127.0.0.1:1/none")),
                new Outage(
                        ProblemCode.STORE_UNAVAILABLE,
                        "Redis is away",
                        "try again",
                        Map.of("freshet.redis.uri", "redis://127.0.0.1:1")));
    }

    HttpAnswer read(RunningService service) {
        return service.api.get(service.path(service.sessions, "key"));
    }

    @Override
    public String toString() {
        return code + ": " + name;
    }
}
