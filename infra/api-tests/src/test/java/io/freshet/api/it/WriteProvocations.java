package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import java.util.List;

/** PUTs that a source, which they write, does not take. */
final class WriteProvocations {

    private WriteProvocations() {}

    static List<Provocation> all() {
        return List.of(
                new Provocation(
                        ProblemCode.SOURCE_CONFLICT,
                        "PUT of what another row has",
                        "SQLSTATE 23505",
                        service -> {
                            put(service, "901", "{\"value\": {\"text\": \"a\", \"slug\": \"s\"}}");
                            return put(
                                    service,
                                    "902",
                                    "{\"value\": {\"text\": \"b\", \"slug\": \"s\"}}");
                        }),
                write(ProblemCode.VALUE_REJECTED, "column 'text'", "{\"value\": {}}"),
                write(ProblemCode.ILLEGAL_VALUE, "'ttl'", "{\"value\": {}, \"ttl\": 5}"),
                write(ProblemCode.ILLEGAL_VALUE, "'tags'", "{\"value\": {}, \"tags\": [\"a\"]}"),
                new Provocation(
                        ProblemCode.VALUE_REJECTED,
                        "PUT under a key that the source does not take",
                        "SQLSTATE 22P02",
                        service -> put(service, "text", "{\"value\": {\"text\": \"a\"}}")),
                new Provocation(
                        ProblemCode.ILLEGAL_VALUE,
                        "PUT of bytes into a source",
                        "application/json",
                        service ->
                                service.api.putBytes(
                                        service.path(service.notes, "903"),
                                        "text/plain",
                                        new byte[] {1})));
    }

    private static Provocation write(ProblemCode code, String says, String json) {
        return new Provocation(
                code, "writing PUT " + json, says, service -> put(service, "903", json));
    }

    private static HttpAnswer put(RunningService service, String key, String json) {
        return service.api.put(service.path(service.notes, key), json);
    }
}
