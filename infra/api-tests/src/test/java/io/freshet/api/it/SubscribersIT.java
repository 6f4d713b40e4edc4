package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.it.EventStream.Told;
import io.freshet.engine.log.LogPositions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** I6, D2: invalidations as server-sent events. */
@ExtendWith(SharedService.class)
class SubscribersIT {

    private final RunningService service;

    SubscribersIT(RunningService service) {
        this.service = service;
    }

    @Test
    void shouldTellOfWhatIsInvalidatedInItsNamespaces() {
        try (var stream = EventStream.open(service, "?namespace=" + service.products)) {
            // given
            stream.next("comment");

            // when
            invalidate(service.sessions, "\"key\": \"elsewhere\"");
            String token = invalidate(service.products, "\"tag\": \"season:summer\"");
            invalidate(service.products, "\"key\": \"7\", \"mode\": \"soft\"");

            // then
            Told tag = stream.next();
            assertThat(tag.name()).isEqualTo("invalidation");
            assertThat(tag.data().get("tag").asString()).isEqualTo("season:summer");
            assertThat(tag.data().get("mode").asString()).isEqualTo("hard");
            assertThat(tag.data().get("token").asString()).isEqualTo(token);
            assertThat(tag.data().at("/cause/detail").asString()).isEqualTo("api-token");
            Told key = stream.next();
            assertThat(key.data().get("key").asString()).isEqualTo("7");
            assertThat(key.data().get("mode").asString()).isEqualTo("soft");
        }
    }

    @Test
    void shouldTellOfWhatWasReplaced() {
        service.api.put(service.path(service.sessions, "put-twice"), "{\"value\": 1}");
        try (var stream = EventStream.open(service, "?namespace=" + service.sessions)) {
            // given
            stream.next("comment");

            // when
            service.api.put(service.path(service.sessions, "put-twice"), "{\"value\": 2}");

            // then
            assertThat(stream.next("replaced").data().get("keys").get(0).asString())
                    .isEqualTo("put-twice");
        }
    }

    @Test
    void shouldGoOnWhereACallerStopped() {
        // given
        String last;
        try (var stream = EventStream.open(service, "?namespace=" + service.products)) {
            stream.next("comment");
            invalidate(service.products, "\"key\": \"before\"");
            last = stream.next().id();
        }
        IntStream.range(0, 5)
                .forEach(i -> invalidate(service.products, "\"key\": \"missed-" + i + "\""));
        invalidate(service.products, "\"pattern\": \"missed-*\"");

        // when
        try (var stream =
                EventStream.open(
                        service, "?namespace=" + service.products, "Last-Event-ID", last)) {
            var missed = IntStream.range(0, 6).mapToObj(_ -> stream.next().data()).toList();
            invalidate(service.products, "\"key\": \"after\"");

            // then
            assertThat(missed)
                    .extracting(data -> data.path("key").asString("all"))
                    .containsExactlyInAnyOrder(
                            "missed-0", "missed-1", "missed-2", "missed-3", "missed-4", "all");
            assertThat(stream.next().data().get("key").asString()).isEqualTo("after");
        }
    }

    @Test
    void shouldTellThatSomethingMayBeMissedWhenTheIdIsOfAnotherLog() {
        // when
        try (var stream = EventStream.open(service, "", "Last-Event-ID", "7:1.2")) {
            Told first = stream.next();

            // then
            assertThat(first.name()).isEqualTo("reset");
            assertThat(LogPositions.parse(first.id()).positions()).hasSize(4);
        }
    }

    @Test
    void shouldEndACallerThatDoesNotRead() {
        try (var stream = EventStream.idle(service, "?namespace=" + service.sessions)) {
            // given: more than fits into sockets and queue
            String tag = "\"tag\": \"" + "x".repeat(250) + "\"";
            String many = "\"keys\": [" + keys(400) + "]";
            IntStream.range(0, 20).forEach(_ -> invalidate(service.sessions, many));
            invalidate(service.sessions, tag);

            // when
            stream.resume();

            // then
            Told closed = stream.next("closed");
            assertThat(closed.data().get("reason").asString()).isEqualTo("too-slow");
        }
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + "k".repeat(500) + i + "\"")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
    }

    private String invalidate(String namespace, String what) {
        return service.api
                .post(
                        "/api/v1/cache/invalidate",
                        "{\"namespace\": \"" + namespace + "\", " + what + "}")
                .json()
                .at("/tokens/0")
                .asString();
    }
}
