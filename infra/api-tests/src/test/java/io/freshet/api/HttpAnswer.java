package io.freshet.api;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service answered. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpAnswer(int status, HttpHeaders headers, byte[] bytes) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(bytes);
    }

    /** The value of a header; empty when there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The code of a problem document. */
    public String code() {
        return json().path("code").asString("");
    }
}
