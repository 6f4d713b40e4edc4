package io.freshet.api.it;

import io.freshet.api.problem.ProblemCode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** PUTs with a body that is not as it must be. */
final class BodyProvocations {

    private BodyProvocations() {}

    static List<Provocation> all() {
        return List.of(
                put(ProblemCode.ILLEGAL_TTL, "'ttl' must be", "{\"value\": 1, \"ttl\": 0}"),
                put(ProblemCode.ILLEGAL_TTL, "not -5", "{\"value\": 1, \"ttl\": -5}"),
                put(ProblemCode.ILLEGAL_TTL, "whole number", "{\"value\": 1, \"ttl\": 1.5}"),
                put(ProblemCode.ILLEGAL_TTL, "whole number", "{\"value\": 1, \"ttl\": \"60\"}"),
                put(ProblemCode.ILLEGAL_TTL, "315360000", "{\"value\": 1, \"ttl\": 315360001}"),
                put(
                        ProblemCode.ILLEGAL_TTL,
                        "digits",
                        "{\"value\": 1, \"ttl\": 99999999999999999999}"),
                raw(ProblemCode.ILLEGAL_TTL, "not '0'", "?ttl=0"),
                raw(ProblemCode.ILLEGAL_TTL, "not 'soon'", "?ttl=soon"),
                raw(ProblemCode.ILLEGAL_TAG, "must not be empty", "?tag="),
                raw(ProblemCode.UNKNOWN_FIELD, "'tags'", "?tags=a"),
                put(
                        ProblemCode.ILLEGAL_TAG,
                        "'tags[1]'",
                        "{\"value\": 1, \"tags\": [\"a\", \"\"]}"),
                put(
                        ProblemCode.ILLEGAL_TAG,
                        "128 tags",
                        "{\"value\": 1, \"tags\": " + strings(129) + "}"),
                put(
                        ProblemCode.ILLEGAL_TAG,
                        "256 bytes",
                        "{\"value\": 1, \"tags\": [\"" + "t".repeat(257) + "\"]}"),
                put(ProblemCode.ILLEGAL_VALUE, "'tags' must be", "{\"value\": 1, \"tags\": \"a\"}"),
                put(ProblemCode.MALFORMED_JSON, "line 1", "{\"value\": "),
                put(ProblemCode.MALFORMED_JSON, "line 1", "{\"value\": 1}}"),
                put(ProblemCode.MALFORMED_JSON, "line 2", "{\"value\": 1,\n \"ttl\": 007}"),
                put(ProblemCode.MALFORMED_JSON, "uplicate", "{\"value\": 1, \"value\": 2}"),
                put(ProblemCode.MALFORMED_JSON, "depth", "{\"value\": " + "[".repeat(2_000)),
                put(ProblemCode.MALFORMED_JSON, "must be a JSON object", "[1]"),
                put(ProblemCode.MALFORMED_JSON, "must be a JSON object", ""),
                new Provocation(
                        ProblemCode.MALFORMED_JSON,
                        "JSON that is not UTF-8",
                        "UTF-8",
                        service ->
                                service.api.putBytes(
                                        service.path(service.sessions, "body"),
                                        "application/json",
                                        "{\"value\": \"\u00E9\"}"
                                                .getBytes(StandardCharsets.ISO_8859_1))),
                new Provocation(
                        ProblemCode.MALFORMED_JSON,
                        "JSON in UTF-16",
                        "UTF-8",
                        service ->
                                service.api.putBytes(
                                        service.path(service.sessions, "body"),
                                        "application/json",
                                        "{\"value\": 1}".getBytes(StandardCharsets.UTF_16BE))),
                put(ProblemCode.UNKNOWN_FIELD, "'tll'", "{\"value\": 1, \"tll\": 5}"),
                put(ProblemCode.MISSING_FIELD, "'value'", "{\"ttl\": 5}"),
                put(
                        ProblemCode.VALUE_TOO_LARGE,
                        "1048576 bytes",
                        "{\"value\": \"" + "v".repeat(1 << 20) + "\"}"),
                put(
                        ProblemCode.BODY_TOO_LARGE,
                        "2097152 bytes",
                        "{\"value\": \"" + "v".repeat(1 << 21) + "\"}"),
                new Provocation(
                        ProblemCode.BODY_TOO_LARGE,
                        "an oversized body of a length that is not told",
                        "2097152 bytes",
                        service ->
                                service.api.send(
                                        "PUT",
                                        service.path(service.sessions, "body"),
                                        BodyPublishers.fromPublisher(
                                                BodyPublishers.ofByteArray(new byte[3 << 20])),
                                        "Content-Type",
                                        "image/png")));
    }

    private static Provocation put(ProblemCode code, String says, String json) {
        return new Provocation(
                code,
                "PUT " + brief(json),
                says,
                service -> service.api.put(service.path(service.sessions, "body"), json));
    }

    private static Provocation raw(ProblemCode code, String says, String query) {
        return new Provocation(
                code,
                "PUT of bytes with " + query,
                says,
                service ->
                        service.api.putBytes(
                                service.path(service.sessions, "body" + query),
                                "image/png",
                                new byte[] {1}));
    }

    private static String strings(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"s" + i + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String brief(String json) {
        return json.length() < 60 ? json : json.substring(0, 60) + "...";
    }
}
