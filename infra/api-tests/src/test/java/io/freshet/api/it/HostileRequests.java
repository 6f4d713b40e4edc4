package io.freshet.api.it;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random requests, most of them nearly right: the paths, headers and fields of the API with values
 * that are not. The same random numbers make the same requests.
 */
final class HostileRequests {

    /** One request. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Hostile(String method, String path, byte[] bytes) {

        boolean isHead() {
            return method.equals("HEAD");
        }
    }

    private static final List<String> METHODS =
            List.of(
                    "GET", "GET", "GET", "PUT", "PUT", "POST", "POST", "DELETE", "HEAD", "PATCH",
                    "OPTIONS", "BREW");
    private static final List<String> RESOURCES =
            List.of(
                    "health",
                    "stats",
                    "invalidate",
                    "warmup",
                    "warm-jobs/x",
                    "fan-outs",
                    "fan-outs/0:1",
                    "fan-outs/0:1/pause",
                    "namespaces",
                    "namespaces/made-a",
                    "namespaces/made-b",
                    "namespaces/made-a/changes",
                    "openapi.json",
                    "locks/l",
                    "keys",
                    "",
                    "a/b/c/d");
    private static final List<String> OF_NAMESPACE =
            List.of(
                    "mget",
                    "mset",
                    "warm",
                    "stats",
                    "keys",
                    "",
                    "k/list",
                    "k/set",
                    "k/hash",
                    "k/counter");
    private static final List<String> HEADERS =
            List.of(
                    "Accept",
                    "If-None-Match",
                    "If-Match",
                    "Cache-Control",
                    "Freshet-After",
                    "Freshet-Min-LSN",
                    "Freshet-Tier",
                    "Freshet-Probe",
                    "Freshet-Miss-Token",
                    "Content-Type",
                    "Content-Encoding",
                    "Range",
                    "X-Forwarded-For",
                    "Accept-Encoding",
                    "Cookie");
    private static final List<String> VALUES =
            List.of(
                    "",
                    "*",
                    "*/*",
                    "application/json",
                    "application/json;charset=utf-16",
                    "text/plain",
                    "text/*",
                    "nonsense",
                    "\"abc\"",
                    "W/\"abc\"",
                    "only-if-cached",
                    "true",
                    "max-age=0",
                    "0:1",
                    "99:99999999999999",
                    "0:-1",
                    "16/B374D848",
                    "FFFFFFFF/FFFFFFFF",
                    "l1",
                    "l2",
                    "0@1:5",
                    "-1",
                    "\u00E9\u00FF",
                    "a,b,,c",
                    ";;;",
                    "bytes=0-1",
                    "gzip");
    private static final List<String> FIELDS =
            List.of(
                    "value",
                    "push_left",
                    "pop_right",
                    "add",
                    "remove",
                    "put",
                    "increment",
                    "field",
                    "by",
                    "ttl",
                    "tags",
                    "keys",
                    "key",
                    "entries",
                    "namespace",
                    "tag",
                    "pattern",
                    "all",
                    "mode",
                    "top",
                    "default_ttl",
                    "max_entries",
                    "classes",
                    "source",
                    "refresh",
                    "name",
                    "eviction",
                    "\u00FF");
    private static final List<String> SCALARS =
            List.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-0",
                    "-1",
                    "1",
                    "60",
                    "1e400",
                    "-1e-400",
                    "1.5",
                    "99999999999999999999999",
                    "9223372036854775807",
                    "NaN",
                    "\"\"",
                    "\"a\"",
                    "\"\\ud800\"",
                    "\"\\u0000\"",
                    "\"\u00C3\u00A9\"",
                    "\"\u00FF\u00FE\"",
                    "\"1h\"",
                    "\"0s\"",
                    "\"10%\"",
                    "\"[a-\"",
                    "\"**\\\\\"",
                    "\"hard\"",
                    "\"soft\"",
                    "'a'",
                    "01",
                    "\"sessions\"",
                    "\"SELECT :key\"",
                    "+1",
                    "0x1F",
                    "\"\\x\"");
    private static final List<String> QUERIES =
            List.of(
                    "raw",
                    "raw=1",
                    "ttl=0",
                    "ttl=60",
                    "ttl=x",
                    "tag=a",
                    "pattern=*",
                    "pattern=%5B",
                    "pattern=%5Ba-",
                    "pattern=" + "*a".repeat(100),
                    "cursor=x",
                    "limit=-1",
                    "before=x",
                    "metadata",
                    "lease",
                    "wait=-1",
                    "unknown=1",
                    "a=%",
                    "%00=%FF",
                    "&&&");

    private final RandomGenerator random;
    private final List<String> namespaces;

    HostileRequests(RandomGenerator random, List<String> namespaces) {
        this.random = random;
        this.namespaces = namespaces;
    }

    Hostile next() {
        if (random.nextInt(100) < 2) {
            return new Hostile("", "", garbage());
        }
        String method = any(METHODS);
        String path = path();
        byte[] body = method.equals("PUT") || method.equals("POST") ? body() : new byte[0];
        var head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        head.append("Host: h\r\nContent-Length: ").append(body.length).append("\r\n");
        if (random.nextInt(50) > 0) {
            head.append("Authorization: Bearer ").append(RunningService.TOKEN).append("\r\n");
        }
        if (random.nextInt(4) > 0) {
            head.append("Content-Type: application/json\r\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            head.append(any(HEADERS)).append(": ").append(any(VALUES)).append("\r\n");
        }
        byte[] start = KeptConnection.bytes(head.append("\r\n").toString());
        return new Hostile(
                method,
                path,
                ByteBuffer.allocate(start.length + body.length).put(start).put(body).array());
    }

    private String path() {
        String prefix = random.nextInt(10) == 0 ? "/api/cache/" : "/api/v1/cache/";
        String path =
                switch (random.nextInt(10)) {
                    case 0, 1 -> any(RESOURCES);
                    case 2, 3 -> any(namespaces) + "/" + any(OF_NAMESPACE);
                    case 4 -> segment() + "/" + segment();
                    default -> any(namespaces) + "/" + segment();
                };
        return prefix + path + (random.nextInt(3) == 0 ? "?" + any(QUERIES) : "");
    }

    private String segment() {
        var text = new StringBuilder();
        int length = random.nextInt(20) == 0 ? 700 : 1 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(12)) {
                case 0 -> text.append('%').append("%02X".formatted(random.nextInt(256)));
                case 1 -> text.append("%C3%A9");
                case 2 -> text.append(any(List.of("%2F", "%00", "%", "%zz", "..", ".", "\"", "{")));
                case 3 -> text.append((char) (0x21 + random.nextInt(0x5E)));
                default -> text.append((char) ('a' + random.nextInt(4)));
            }
        }
        // What ends a path, or a line, is another kind of request.
        return text.toString().replaceAll("[?# ]", "_");
    }

    private byte[] body() {
        return switch (random.nextInt(12)) {
            case 0 -> new byte[0];
            case 1 -> garbage();
            case 2 -> KeptConnection.bytes("[".repeat(1 + random.nextInt(3_000)));
            case 3 -> KeptConnection.bytes(cut(object(3)));
            default -> KeptConnection.bytes(object(3));
        };
    }

    private String object(int depth) {
        var text = new StringBuilder("{");
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append('"').append(any(FIELDS)).append("\":").append(value(depth));
            text.append(i == 0 ? "" : ",");
        }
        return text.append('}').toString();
    }

    private String value(int depth) {
        if (depth == 0 || random.nextInt(3) > 0) {
            return any(SCALARS);
        }
        if (random.nextBoolean()) {
            return object(depth - 1);
        }
        var text = new StringBuilder("[");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(value(depth - 1)).append(i == 1 ? "" : ",");
        }
        return text.append(']').toString();
    }

    private String cut(String text) {
        return text.substring(0, random.nextInt(text.length()));
    }

    private byte[] garbage() {
        var bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        // A head that ends, so that the server has something to answer.
        byte[] end = KeptConnection.bytes("\r\n\r\n");
        return ByteBuffer.allocate(bytes.length + end.length).put(bytes).put(end).array();
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
