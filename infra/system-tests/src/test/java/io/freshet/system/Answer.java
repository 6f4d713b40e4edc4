package io.freshet.system;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What api-service answered. */
record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = new JsonMapper();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** Where the value came from: l1, l2 or source; empty when it says nothing of it. */
    String tier() {
        return headers.firstValue("X-Cache-Tier").orElse("");
    }

    boolean isHit() {
        return headers.firstValue("X-Cache-Hit").orElse("").equals("true");
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    /** The cached value. */
    JsonNode value() {
        return json().path("value");
    }
}
