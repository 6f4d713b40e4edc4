package io.freshet.infra.local.demo;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * What a request was answered.
 *
 * @param tier {@code l1}, {@code l2} or {@code source}; empty if the answer does not say
 * @param token of the invalidation that the request asked for; empty for any other
 * @param took from sending the request until its body was read
 */
record Answer(int status, String tier, String token, JsonNode body, Duration took) {
    boolean cached() {
        return tier.equals("l1") || tier.equals("l2");
    }

    /** A field of the cached row. */
    JsonNode value(String field) {
        return body.path("value").path(field);
    }
}
