package io.freshet.api.it;

import io.freshet.api.problem.ProblemCode;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Batches, invalidations and warm jobs with a body that is not as it must be. */
final class BatchProvocations {

    private static final int MAX_BATCH = 500;

    private BatchProvocations() {}

    static List<Provocation> all() {
        return List.of(
                post(ProblemCode.MISSING_FIELD, "'keys'", "mget", "{}"),
                post(ProblemCode.UNKNOWN_FIELD, "'key'", "mget", "{\"key\": \"a\"}"),
                post(ProblemCode.ILLEGAL_VALUE, "'keys' must be an array", "mget", "{\"keys\": 1}"),
                post(ProblemCode.ILLEGAL_VALUE, "'keys[0]'", "mget", "{\"keys\": [1]}"),
                post(ProblemCode.ILLEGAL_KEY, "'keys[1]'", "mget", "{\"keys\": [\"a\", \"\"]}"),
                post(
                        ProblemCode.BATCH_TOO_LARGE,
                        "500",
                        "mget",
                        "{\"keys\": " + strings(MAX_BATCH + 1) + "}"),
                post(ProblemCode.UNKNOWN_FIELD, "'entries[0].tll'", "mset", entry("\"tll\": 5")),
                post(ProblemCode.ILLEGAL_TTL, "'entries[0].ttl'", "mset", entry("\"ttl\": 0")),
                post(
                        ProblemCode.ILLEGAL_TAG,
                        "'entries[0].tags[0]'",
                        "mset",
                        entry("\"tags\": [\"\"]")),
                post(
                        ProblemCode.MISSING_FIELD,
                        "'entries[0].value'",
                        "mset",
                        "{\"entries\": [{\"key\": \"a\"}]}"),
                post(
                        ProblemCode.MISSING_FIELD,
                        "'entries[0].key'",
                        "mset",
                        "{\"entries\": [{\"value\": 1}]}"),
                post(
                        ProblemCode.ILLEGAL_VALUE,
                        "'entries[0]' must be an object",
                        "mset",
                        "{\"entries\": [1]}"),
                post(
                        ProblemCode.BATCH_TOO_LARGE,
                        "500",
                        "mset",
                        "{\"entries\": " + entries(MAX_BATCH + 1) + "}"),
                invalidate(ProblemCode.MISSING_FIELD, "'namespace'", "{\"key\": \"a\"}"),
                invalidate(ProblemCode.MISSING_FIELD, "\"all\": true", "{\"namespace\": \"%s\"}"),
                invalidate(
                        ProblemCode.ILLEGAL_VALUE,
                        "hard or soft",
                        "{\"namespace\": \"%s\", \"mode\": \"x\"}"),
                invalidate(
                        ProblemCode.ILLEGAL_VALUE,
                        "true or false",
                        "{\"namespace\": \"%s\", \"all\": 1}"),
                invalidate(
                        ProblemCode.ILLEGAL_PATTERN,
                        "'pattern'",
                        "{\"namespace\": \"%s\", \"pattern\": \"[\"}"),
                invalidate(
                        ProblemCode.ILLEGAL_TAG, "'tag'", "{\"namespace\": \"%s\", \"tag\": \"\"}"),
                invalidate(
                        ProblemCode.ILLEGAL_KEY,
                        "'key'",
                        "{\"namespace\": \"%s\", \"key\": \"\\u0000\"}"),
                invalidate(
                        ProblemCode.ILLEGAL_NAMESPACE,
                        "letter or digit",
                        "{\"namespace\": \"\", \"key\": \"a\"}"),
                invalidate(
                        ProblemCode.UNKNOWN_FIELD,
                        "'patern'",
                        "{\"namespace\": \"%s\", \"patern\": \"a\"}"),
                post(ProblemCode.ILLEGAL_VALUE, "no source", "warm", "{\"top\": 5}"),
                post(ProblemCode.ILLEGAL_VALUE, "'top' must be", "warm", "{\"top\": 0}"),
                post(ProblemCode.MISSING_FIELD, "\"top\"", "warm", "{}"));
    }

    private static Provocation post(ProblemCode code, String says, String batch, String json) {
        return new Provocation(
                code,
                batch + " " + brief(json),
                says,
                service -> service.api.post(service.path(service.sessions, batch), json));
    }

    private static Provocation invalidate(ProblemCode code, String says, String json) {
        return new Provocation(
                code,
                "invalidate " + json,
                says,
                service ->
                        service.api.post(
                                "/api/v1/cache/invalidate", json.replace("%s", service.sessions)));
    }

    private static String entry(String field) {
        return "{\"entries\": [{\"key\": \"a\", \"value\": 1, " + field + "}]}";
    }

    private static String strings(int count) {
        return array(count, i -> "\"s" + i + '"');
    }

    private static String entries(int count) {
        return array(count, i -> "{\"key\": \"s" + i + "\", \"value\": 1}");
    }

    private static String array(int count, IntFunction<String> element) {
        return IntStream.range(0, count)
                .mapToObj(element)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String brief(String json) {
        return json.length() < 60 ? json : json.substring(0, 60) + "...";
    }
}
