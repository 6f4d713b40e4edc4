package io.freshet.api.it;

import io.freshet.api.problem.ProblemCode;
import java.util.List;

/** Questions about invalidations that cannot be answered, and replays that cannot be made. */
final class AuditProvocations {

    private static final String CACHE = "/api/v1/cache/";

    private AuditProvocations() {}

    static List<Provocation> all() {
        return List.of(
                get("audit?since=yesterday", ProblemCode.ILLEGAL_VALUE, "since"),
                get("audit?kind=magic", ProblemCode.ILLEGAL_VALUE, "cdc"),
                get("audit?cursor=nonsense", ProblemCode.ILLEGAL_VALUE, "cursor"),
                get("audit?who=me", ProblemCode.UNKNOWN_FIELD, "'who'"),
                get("replay/nobody", ProblemCode.JOB_NOT_FOUND, "no replay"),
                get("dead-letters?limit=0", ProblemCode.ILLEGAL_VALUE, "limit"),
                post("replay", "{\"since\": \"1:1.2\"}", ProblemCode.ILLEGAL_VALUE, "another log"),
                post("replay", "{\"since\": \"now\"}", ProblemCode.ILLEGAL_VALUE, "since"),
                post("replay", "{}", ProblemCode.MISSING_FIELD, "since"),
                post(
                        "dead-letters/0:999999/replay",
                        "{}",
                        ProblemCode.DEAD_LETTER_NOT_FOUND,
                        "no dead letter"));
    }

    private static Provocation get(String path, ProblemCode code, String says) {
        return new Provocation(code, path, says, service -> service.api.get(CACHE + path));
    }

    private static Provocation post(String path, String body, ProblemCode code, String says) {
        return new Provocation(
                code, path + " " + body, says, service -> service.api.post(CACHE + path, body));
    }
}
