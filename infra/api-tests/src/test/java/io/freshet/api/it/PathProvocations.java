package io.freshet.api.it;

import io.freshet.api.problem.ProblemCode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** Requests whose method, path, query or token is not as it must be. */
final class PathProvocations {

    private static final String API = "/api/v1/cache/";

    private PathProvocations() {}

    static List<Provocation> all() {
        return List.of(
                new Provocation(
                        ProblemCode.ILLEGAL_PATH,
                        "a path that is no URI",
                        "%XX",
                        service -> RawRequest.get("/api/v1/cache/sessions/\"quoted\"").to(service)),
                new Provocation(
                        ProblemCode.ILLEGAL_PATH,
                        "a lone per cent sign",
                        "%XX",
                        service -> RawRequest.get("/api/v1/cache/sessions/100%").to(service)),
                new Provocation(
                        ProblemCode.NAMESPACE_NOT_FOUND,
                        "a namespace that nobody declared",
                        "'nowhere'",
                        service -> service.api.get(API + "nowhere/key")),
                new Provocation(
                        ProblemCode.ILLEGAL_NAMESPACE,
                        "a namespace with a tilde",
                        "beginning with a letter or digit",
                        service -> service.api.get(API + "~home/key")),
                new Provocation(
                        ProblemCode.ILLEGAL_KEY,
                        "no key",
                        "must not be empty",
                        service -> service.api.get(service.path(service.sessions, ""))),
                new Provocation(
                        ProblemCode.ILLEGAL_KEY,
                        "a key with a control character",
                        "U+0000",
                        service -> service.api.get(service.path(service.sessions, "a%00b"))),
                new Provocation(
                        ProblemCode.ILLEGAL_KEY,
                        "a key of broken UTF-8",
                        "UTF-8",
                        service -> service.api.get(service.path(service.sessions, "%C3%28"))),
                new Provocation(
                        ProblemCode.ILLEGAL_KEY,
                        "an oversized key",
                        "at most 512 bytes",
                        service ->
                                service.api.put(
                                        service.path(service.sessions, "k".repeat(513)),
                                        "{\"value\": 1}")),
                new Provocation(
                        ProblemCode.ILLEGAL_PATTERN,
                        "a pattern with a set that does not end",
                        "write '\\['",
                        service -> service.api.delete(API + service.sessions + "?pattern=a%5Bb")),
                new Provocation(
                        ProblemCode.UNKNOWN_FIELD,
                        "an unknown query parameter",
                        "'patern'",
                        service -> service.api.delete(API + service.sessions + "?patern=a")),
                new Provocation(
                        ProblemCode.ILLEGAL_VALUE,
                        "a query parameter twice",
                        "'pattern' is there twice",
                        service ->
                                service.api.delete(
                                        API + service.sessions + "?pattern=a&pattern=b")),
                new Provocation(
                        ProblemCode.NOT_FOUND,
                        "a slash inside a key",
                        "%2F",
                        service -> service.api.get(service.path(service.sessions, "a/b"))),
                new Provocation(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "a reserved key",
                        "allowed here: GET",
                        service -> service.api.put(service.path(service.sessions, "keys"), "{}")),
                new Provocation(
                        ProblemCode.NOT_FOUND,
                        "a path outside the API",
                        "/api/v1/cache",
                        service -> service.api.get("/elsewhere")),
                new Provocation(
                        ProblemCode.JOB_NOT_FOUND,
                        "a job that nobody started",
                        "job of that id",
                        service -> service.api.get(API + "warm-jobs/none")),
                new Provocation(
                        ProblemCode.FAN_OUT_NOT_FOUND,
                        "a fan-out of an invalidation that nobody asked for",
                        "fan-out of that id",
                        service -> service.api.get(API + "fan-outs/0:9999999")),
                new Provocation(
                        ProblemCode.FAN_OUT_NOT_FOUND,
                        "a fan-out whose id is no token",
                        "token of an invalidation",
                        service -> service.api.delete(API + "fan-outs/first")),
                new Provocation(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "a method that an entry does not have",
                        "DELETE, GET, HEAD, PUT",
                        service ->
                                service.api.send(
                                        "PATCH",
                                        service.path(service.sessions, "key"),
                                        BodyPublishers.noBody())),
                new Provocation(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "GET where only POST is",
                        "POST",
                        service -> service.api.get(API + "invalidate")),
                new Provocation(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "a method that nobody knows",
                        "POST",
                        service ->
                                service.api.send(
                                        "BREW", API + "invalidate", BodyPublishers.noBody())),
                new Provocation(
                        ProblemCode.UNAUTHORISED,
                        "no token",
                        "Authorization: Bearer",
                        service ->
                                RawRequest.get("/api/v1/cache/stats").withoutToken().to(service)),
                new Provocation(
                        ProblemCode.UNAUTHORISED,
                        "another token",
                        "Authorization: Bearer",
                        service ->
                                RawRequest.get("/api/v1/cache/stats")
                                        .withoutToken()
                                        .header("Authorization", "Bearer wrong")
                                        .to(service)),
                new Provocation(
                        ProblemCode.UNAUTHORISED,
                        "another scheme",
                        "Authorization: Bearer",
                        service ->
                                RawRequest.get("/api/v1/cache/stats")
                                        .withoutToken()
                                        .header("Authorization", "Basic " + RunningService.TOKEN)
                                        .to(service)),
                new Provocation(
                        ProblemCode.UNAUTHORISED,
                        "no token, where nothing is",
                        "Authorization: Bearer",
                        service -> RawRequest.get("/api/elsewhere").withoutToken().to(service)));
    }
}
