package io.freshet.infra.bench.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.infra.bench.load.Http;
import io.freshet.infra.bench.load.HttpAnswers;
import io.freshet.infra.bench.load.Load;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The requests that are measured, on a namespace of the benchmark's own, and loops of them. */
record Requests(Http http, String token) {

    static final String NAMESPACE = "bench-service";
    static final String ENTRIES = "/api/v1/cache/" + NAMESPACE;
    static final String PAST_MEMORY = "Freshet-Tier: l2\r\n";
    static final int BATCH = 100;
    static final int KEYS = 100_000;

    private static final byte[] NOTHING = {};

    Load loop(LongFunction<byte[]> requests) {
        return new Load(http.address(), requests, HttpAnswers::new);
    }

    byte[] get(long key, String headers) {
        return get("/k" + key, headers);
    }

    byte[] get(String path, String headers) {
        return request("GET", path, headers, NOTHING);
    }

    byte[] put(long key, int bytes) {
        return request("PUT", "/k" + key, "", ("{\"value\":" + value(bytes) + "}"));
    }

    /** Reads a batch of keys that lie far apart. */
    byte[] mget(long number) {
        String keys =
                LongStream.range(0, BATCH)
                        .mapToObj(i -> "\"k" + spread(number * BATCH + i) + "\"")
                        .collect(Collectors.joining(","));
        return request("POST", "/mget", "", "{\"keys\":[" + keys + "]}");
    }

    /** Stores a batch of keys that follow each other. */
    byte[] mset(long number, int bytes) {
        String all =
                LongStream.range(0, BATCH)
                        .mapToObj(i ->
                                "{\"key\":\"k%d\",\"value\":%s}"
                                        .formatted(number * BATCH + i, value(bytes)))
                        .collect(Collectors.joining(","));
        return request("POST", "/mset", "", "{\"entries\":[" + all + "]}");
    }

    /** Some key, another one for each number. */
    static long spread(long number) {
        return (number * 7_919) % KEYS;
    }

    /** A JSON text of so many bytes. */
    static String value(int bytes) {
        return '"' + "v".repeat(bytes - 2) + '"';
    }

    private byte[] request(String method, String path, String headers, String body) {
        return request(method, path, headers, body.getBytes(US_ASCII));
    }

    private byte[] request(String method, String path, String headers, byte[] body) {
        return HttpAnswers.request(method, ENTRIES + path, headers, body, token);
    }
}
