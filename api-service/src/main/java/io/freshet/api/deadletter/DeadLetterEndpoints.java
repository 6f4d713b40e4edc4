package io.freshet.api.deadletter;

import static io.freshet.api.problem.ProblemCode.DEAD_LETTER_NOT_FOUND;
import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.FreshetHeaders;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.Query;
import io.freshet.api.http.RequestBody;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.codec.Codec;
import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.engine.log.Inbox;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Lists dead letters, and publishes them once they are events. */
public final class DeadLetterEndpoints {

    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final Set<String> PARAMETERS = Set.of("reason", "cursor", "limit");

    private final DeadLetterTopic topic;
    private final Codec<Event> codec;
    private final Inbox inbox;
    private final RequestBody bodies;

    public DeadLetterEndpoints(
            DeadLetterTopic topic, Codec<Event> codec, Inbox inbox, RequestBody bodies) {
        this.topic = topic;
        this.codec = codec;
        this.inbox = inbox;
        this.bodies = bodies;
    }

    /** {@code GET /dead-letters}: the oldest first. */
    public Mono<ServerResponse> list(ServerRequest request, ApiPath path) {
        Query query = Query.of(request.uri(), PARAMETERS);
        String reason = query.one("reason");
        long from = number("cursor", query.one("cursor"), 0, 0, Long.MAX_VALUE);
        int limit = (int) number("limit", query.one("limit"), USUAL, 1, MOST);
        return Mono.fromCallable(() -> topic.page(from, reason, limit))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(page -> JsonAnswer.ok(document(page)));
    }

    /** {@code POST /dead-letters/{id}/replay}: as the body mends it, or as it came. */
    public Mono<ServerResponse> replay(ServerRequest request, ApiPath path) {
        InboxPosition place = place(path.decoded(1, DEAD_LETTER_NOT_FOUND));
        return bodies.bytes(request)
                .flatMap(mended ->
                        Mono.fromCallable(() -> event(found(place), mended))
                                .subscribeOn(Schedulers.boundedElastic()))
                .flatMap(event -> Outcome.of(inbox.publish(event)))
                .flatMap(token ->
                        JsonAnswer.with(
                                ServerResponse.ok().header(FreshetHeaders.TOKEN, token.toString()),
                                new JsonWriter()
                                        .beginObject()
                                        .name("success")
                                        .value(true)
                                        .name("token")
                                        .plain(token.toString())
                                        .endObject()));
    }

    private DeadLetter found(InboxPosition place) {
        if (place.partition() == 0) {
            return topic.find(place.offset()).orElseThrow(DeadLetterEndpoints::notFound);
        }
        throw notFound();
    }

    private Event.Invalidation event(DeadLetter letter, byte[] mended) {
        if (mended.length == 0 && letter.cutFrom() != null) {
            throw new ProblemException(
                    ILLEGAL_VALUE,
                    "only the beginning of its %d bytes is kept: send it mended, as the body"
                            .formatted(letter.cutFrom()));
        }
        try {
            if (codec.decode(mended.length == 0 ? letter.value() : mended)
                    instanceof Event.Invalidation invalidation) {
                return invalidation;
            }
            throw new ProblemException(ILLEGAL_VALUE, "only invalidations are published");
        } catch (MalformedRecordException e) {
            throw new ProblemException(
                    ILLEGAL_VALUE, "still no event (" + e.reason() + "): " + e.getMessage());
        }
    }

    private static JsonWriter document(DeadLetterTopic.Page page) {
        var json =
                new JsonWriter(1024 * (page.letters().size() + 1))
                        .beginObject()
                        .name("dead_letters")
                        .beginArray();
        for (DeadLetter letter : page.letters()) {
            json.beginObject()
                    .name("id")
                    .plain(letter.place().toString())
                    .name("at")
                    .plain(letter.at().toString())
                    .name("reason")
                    .value(letter.reason())
                    .name("message")
                    .value(letter.message());
            if (letter.source() != null) {
                json.name("source").value(letter.source());
            }
            if (letter.cutFrom() != null) {
                json.name("cut_from").value(letter.cutFrom());
            }
            json.name("value").value(letter.text()).endObject();
        }
        json.endArray().name("cursor");
        Long next = page.next();
        return (next == null ? json.nothing() : json.plain(next.toString())).endObject();
    }

    private static InboxPosition place(String id) {
        try {
            return InboxPosition.parse(id);
        } catch (IllegalArgumentException _) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(
                DEAD_LETTER_NOT_FOUND, "no dead letter has that id, or it is kept no more");
    }

    private static long number(
            String name, @Nullable String text, long usual, long least, long most) {
        if (text == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Answered below.
        }
        throw new ProblemException(ILLEGAL_VALUE, name + ": a number is expected");
    }
}
