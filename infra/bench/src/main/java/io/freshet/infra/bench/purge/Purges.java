package io.freshet.infra.bench.purge;

import io.freshet.infra.bench.load.Http;
import io.freshet.infra.bench.load.HttpAnswers;
import io.freshet.infra.bench.load.Load;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What is stored, read and purged, in two namespaces of the benchmark's own. */
record Purges(Http http, String token) implements AutoCloseable {

    static final int BATCH = 100;

    /** The tag of every entry that is stored in bulk. */
    static final String ALL = "all";

    private static final String CACHE = "/api/v1/cache/";
    private static final String PURGED = "bench-purge";
    private static final String READ = "bench-read";
    private static final String BOUNDLESS = "{\"max_size\":\"0B\",\"default_ttl\":\"1h\"}";
    private static final int READ_KEYS = 1_000;
    private static final byte[] NOTHING = {};

    /** Declares the namespaces. */
    static Purges declare(Http http, String token) throws IOException, InterruptedException {
        for (String namespace : new String[] {PURGED, READ}) {
            http.require("PUT", CACHE + "namespaces/" + namespace, BOUNDLESS);
        }
        return new Purges(http, token);
    }

    /** Stores entries of the tag {@link #ALL}; each request takes {@link #BATCH} of them. */
    Load stores() {
        return loop(number -> mset(PURGED, number, "\"" + ALL + "\""));
    }

    /** Stores what {@link #reads} reads. */
    void prepareReads() throws IOException {
        loop(number -> mset(READ, number, "")).times(READ_KEYS / BATCH, 1);
    }

    /** Reads from another namespace than the one that is purged. */
    Load reads() {
        return loop(number ->
                request("GET", READ + "/k" + number % READ_KEYS, "Freshet-Tier: l2\r\n", ""));
    }

    /** Stores one entry with a tag of its own, and reads it into the node's memory. */
    void store(String key) throws IOException, InterruptedException {
        http.require(
                "PUT",
                CACHE + PURGED + "/" + key,
                "{\"value\":1,\"tags\":[\"%s\"]}".formatted(key));
        http.require("GET", CACHE + PURGED + "/" + key, "");
    }

    void purge(String tag) throws IOException, InterruptedException {
        http.require(
                "POST",
                CACHE + "invalidate",
                "{\"namespace\":\"%s\",\"tags\":[\"%s\"]}".formatted(PURGED, tag));
    }

    /** Whether a reader gets the entry. */
    boolean isServed(String key) throws IOException, InterruptedException {
        return http.ask("GET", CACHE + PURGED + "/" + key, "").statusCode() == 200;
    }

    @Override
    public void close() throws IOException {
        try {
            for (String namespace : new String[] {PURGED, READ}) {
                http.ask("DELETE", CACHE + "namespaces/" + namespace, "");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Load loop(LongFunction<byte[]> requests) {
        return new Load(http.address(), requests, HttpAnswers::new);
    }

    private byte[] mset(String namespace, long number, String tags) {
        String entries =
                LongStream.range(0, BATCH)
                        .mapToObj(i ->
                                "{\"key\":\"k%d\",\"value\":\"%s\",\"tags\":[%s]}"
                                        .formatted(number * BATCH + i, "v".repeat(64), tags))
                        .collect(Collectors.joining(","));
        return request("POST", namespace + "/mset", "", "{\"entries\":[" + entries + "]}");
    }

    private byte[] request(String method, String path, String headers, String body) {
        return HttpAnswers.request(
                method,
                CACHE + path,
                headers,
                body.isEmpty() ? NOTHING : body.getBytes(StandardCharsets.US_ASCII),
                token);
    }
}
