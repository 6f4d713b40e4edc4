package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import tools.jackson.databind.JsonNode;

/** An answer that must be a problem document of RFC 9457. */
record ProblemDocument(HttpAnswer answer, JsonNode json) {

    static ProblemDocument of(HttpAnswer answer) {
        assertThat(answer.header("Content-Type"))
                .as("%d %s", answer.status(), answer.text())
                .isEqualTo("application/problem+json");
        return new ProblemDocument(answer, answer.json());
    }

    void requireThat(ProblemCode code, String says) {
        assertThat(text("code")).as(answer.text()).isEqualTo(code.code());
        assertThat(answer.status()).isEqualTo(code.status());
        assertThat(json.path("status").asInt()).isEqualTo(code.status());
        assertThat(text("type")).isEqualTo("urn:freshet:problem:" + code.code());
        assertThat(text("title")).isEqualTo(code.title());
        assertThat(text("instance")).startsWith("/");
        assertThat(text("detail")).contains(says).doesNotContain("Source:", "Exception", "null");
        boolean isTemporary =
                switch (code) {
                    case LEASE_HELD, LOCK_HELD -> true;
                    default -> code.status() == 503 || code.status() == 504;
                };
        assertThat(answer.header("Retry-After").isEmpty()).isNotEqualTo(isTemporary);
    }

    private String text(String field) {
        return json.path(field).asString("");
    }
}
