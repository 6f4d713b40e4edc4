package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import java.util.List;

/** Requests for locks and leases that others have, or that are not as they must be. */
final class LockProvocations {

    private static final String LOCKS = "/api/v1/cache/locks/";

    private LockProvocations() {}

    static List<Provocation> all() {
        return List.of(
                new Provocation(
                        ProblemCode.LEASE_HELD,
                        "a key that another caller loads",
                        "?lease&wait=",
                        service -> {
                            String path = service.path(service.sessions, "leased") + "?lease";
                            service.api.get(path);
                            return service.api.get(path);
                        }),
                new Provocation(
                        ProblemCode.LOCK_HELD,
                        "a lock that another caller holds",
                        "'provoked' is held",
                        service -> {
                            acquire(service, "provoked", "{}");
                            return acquire(service, "provoked", "{\"wait\": \"10ms\"}");
                        }),
                new Provocation(
                        ProblemCode.LOCK_LOST,
                        "a lock that is not held with this token",
                        "its time was over",
                        service -> service.api.delete(LOCKS + "nobody?token=1")),
                new Provocation(
                        ProblemCode.LOCK_LOST,
                        "a renewal of a lock that is not held with this token",
                        "its time was over",
                        service -> service.api.put(LOCKS + "nobody", "{\"token\": 1}")),
                new Provocation(
                        ProblemCode.ILLEGAL_VALUE,
                        "a lock with a slash in its name",
                        "the name of a lock",
                        service -> acquire(service, "a%2Fb", "{}")),
                new Provocation(
                        ProblemCode.ILLEGAL_TTL,
                        "a lock for no time",
                        "'ttl'",
                        service -> acquire(service, "x", "{\"ttl\": \"0s\"}")),
                new Provocation(
                        ProblemCode.ILLEGAL_VALUE,
                        "a wait without a unit",
                        "'wait'",
                        service -> acquire(service, "x", "{\"wait\": \"10\"}")),
                new Provocation(
                        ProblemCode.UNKNOWN_FIELD,
                        "a field that a lock does not have",
                        "'owner'",
                        service -> acquire(service, "x", "{\"owner\": \"me\"}")),
                new Provocation(
                        ProblemCode.MISSING_FIELD,
                        "a renewal without a token",
                        "'token'",
                        service -> service.api.put(LOCKS + "x", "{}")),
                new Provocation(
                        ProblemCode.MISSING_FIELD,
                        "a release without a token",
                        "?token=",
                        service -> service.api.delete(LOCKS + "x")),
                new Provocation(
                        ProblemCode.ILLEGAL_VALUE,
                        "a release with a token that is no number",
                        "whole number",
                        service -> service.api.delete(LOCKS + "x?token=y")),
                new Provocation(
                        ProblemCode.ILLEGAL_VALUE,
                        "a wait without a lease",
                        "'lease' only",
                        service ->
                                service.api.get(service.path(service.sessions, "k") + "?wait=5")),
                new Provocation(
                        ProblemCode.ILLEGAL_VALUE,
                        "a wait that is no number",
                        "milliseconds",
                        service ->
                                service.api.get(
                                        service.path(service.sessions, "k") + "?lease&wait=1s")));
    }

    private static HttpAnswer acquire(RunningService service, String name, String json) {
        return service.api.post(LOCKS + name, json);
    }
}
