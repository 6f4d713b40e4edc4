package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import java.util.List;

/** Requests with a header that is not as it must be. */
final class HeaderProvocations {

    private static final byte[] BYTES = {1, 2, 3};

    private HeaderProvocations() {}

    static List<Provocation> all() {
        return List.of(
                read(ProblemCode.ILLEGAL_VALUE, "16/B374D848", "Freshet-Min-LSN", "yesterday"),
                read(ProblemCode.ILLEGAL_VALUE, "16/B374D848", "Freshet-Min-LSN", "1/2/3"),
                read(ProblemCode.ILLEGAL_VALUE, "16/B374D848", "Freshet-Min-LSN", "123456789/0"),
                read(ProblemCode.ILLEGAL_VALUE, "16/B374D848", "Freshet-Min-LSN", ""),
                read(ProblemCode.ILLEGAL_VALUE, "partition:offset", "Freshet-After", "7"),
                read(ProblemCode.ILLEGAL_VALUE, "partition:offset", "Freshet-After", "-1:7"),
                read(ProblemCode.ILLEGAL_VALUE, "partition:offset", "Freshet-After", "0:1,1:2"),
                read(ProblemCode.ILLEGAL_VALUE, "must be l2", "Freshet-Tier", "l1"),
                read(ProblemCode.ILLEGAL_VALUE, "must be true", "Freshet-Probe", "false"),
                read(ProblemCode.ILLEGAL_VALUE, "must be true", "Freshet-Probe", ""),
                missToken("token"),
                missToken("0.1"),
                missToken("0.1.-1"),
                missToken("0.99999.1"),
                missToken("0.1.99999999999999999999"),
                new Provocation(
                        ProblemCode.NOT_ACCEPTABLE,
                        "bytes for somebody who accepts JSON only",
                        "?raw",
                        HeaderProvocations::bytesAsJson),
                new Provocation(
                        ProblemCode.NOT_ACCEPTABLE,
                        "an Accept that cannot be read",
                        "Accept",
                        service -> {
                            String path = service.path(service.sessions, "not-acceptable");
                            service.api.put(path, "{\"value\": 1}");
                            return service.api.get(path, "Accept", "anything");
                        }),
                put(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "a form", "application/json", FORM),
                put(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "parts", "application/json", PARTS),
                put(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "a range", "application/json", "text/*"),
                put(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "no type at all", "Content-Type", "text"),
                put(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "JSON in Latin-1", "UTF-8", LATIN_JSON),
                put(ProblemCode.ILLEGAL_VALUE, "a long content type", "255 bytes", LONG_TYPE),
                new Provocation(
                        ProblemCode.ILLEGAL_VALUE,
                        "a content type that is longer in UTF-8 than in characters",
                        "255 bytes",
                        service ->
                                RawRequest.of("PUT", service.path(service.sessions, "long-type"))
                                        .header(
                                                "Content-Type",
                                                "a/b;c=\"" + "\u00E9".repeat(200) + '"')
                                        .body("x")
                                        .to(service)),
                new Provocation(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "no content type",
                        "Content-Type: application/json",
                        service ->
                                RawRequest.of("POST", "/api/v1/cache/invalidate")
                                        .body("{}")
                                        .to(service)),
                new Provocation(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "a batch that is not called JSON",
                        "Content-Type: application/json",
                        service ->
                                RawRequest.of("POST", service.path(service.sessions, "mget"))
                                        .header("Content-Type", "text/plain")
                                        .body("{\"keys\": []}")
                                        .to(service)));
    }

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PARTS = "multipart/form-data; boundary=x";
    private static final String LATIN_JSON = "application/json; charset=ISO-8859-1";
    private static final String LONG_TYPE = "application/" + "x".repeat(244);

    private static Provocation read(ProblemCode code, String says, String header, String value) {
        return new Provocation(
                code,
                header + ": " + value,
                says,
                service ->
                        service.api.get(service.path(service.sessions, "header"), header, value));
    }

    private static Provocation missToken(String token) {
        return new Provocation(
                ProblemCode.ILLEGAL_VALUE,
                "Freshet-Miss-Token: " + token,
                "a miss answered it",
                service ->
                        service.api.put(
                                service.path(service.products, "1"),
                                "{\"value\": 1}",
                                "Freshet-Miss-Token",
                                token));
    }

    private static Provocation put(ProblemCode code, String name, String says, String type) {
        return new Provocation(
                code,
                name,
                says,
                service ->
                        service.api.putBytes(
                                service.path(service.sessions, "content-type"), type, BYTES));
    }

    private static HttpAnswer bytesAsJson(RunningService service) {
        String path = service.path(service.sessions, "bytes");
        service.api.putBytes(path, "image/png", BYTES);
        return service.api.get(path, "Accept", "application/json");
    }
}
