package io.freshet.api.lock;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;
import static io.freshet.api.problem.ProblemCode.LOCK_HELD;
import static io.freshet.api.problem.ProblemCode.LOCK_LOST;
import static io.freshet.api.problem.ProblemCode.MISSING_FIELD;
import static io.freshet.api.problem.ProblemCode.STORE_UNAVAILABLE;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.Query;
import io.freshet.api.http.RequestBody;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.node.Node;
import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemException;
import io.freshet.engine.lock.Acquisition;
import io.freshet.engine.lock.LockName;
import io.freshet.engine.lock.LockState;
import io.freshet.engine.lock.Locks;
import io.freshet.engine.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Locks: POST acquires, PUT renews, DELETE releases, GET looks. */
public final class LockEndpoints {

    private static final String TOKEN = "token";

    private final Node node;
    private final RequestBody bodies;

    public LockEndpoints(Node node, RequestBody bodies) {
        this.node = node;
        this.bodies = bodies;
    }

    public Mono<ServerResponse> acquire(ServerRequest request, ApiPath path) {
        LockName name = name(request, path, Set.of());
        return body(request)
                .map(LockRequest::ofAcquisition)
                .flatMap(asked -> of(locks().acquire(name, asked.ttl(), asked.patience())))
                .flatMap(acquired ->
                        switch (acquired) {
                            case Acquisition.Granted(long token, var ttl) ->
                                    JsonAnswer.of(HttpStatus.CREATED, held(name, token, ttl));
                            case Acquisition.Held(var left) -> throw held(name, left);
                        });
    }

    public Mono<ServerResponse> renew(ServerRequest request, ApiPath path) {
        LockName name = name(request, path, Set.of());
        return bodies.json(request)
                .map(LockRequest::ofRenewal)
                .flatMap(asked -> {
                    long token = asked.token() == null ? 0 : asked.token();
                    return of(locks().renew(name, token, asked.ttl()))
                            .flatMap(renewed -> {
                                requireHeld(renewed);
                                return JsonAnswer.ok(held(name, token, asked.ttl()));
                            });
                });
    }

    public Mono<ServerResponse> release(ServerRequest request, ApiPath path) {
        LockName name = name(request, path, Set.of(TOKEN));
        long token = token(Query.of(request.uri(), Set.of(TOKEN)));
        return of(locks().release(name, token))
                .flatMap(released -> {
                    requireHeld(released);
                    return JsonAnswer.ok(free(name));
                });
    }

    public Mono<ServerResponse> show(ServerRequest request, ApiPath path) {
        LockName name = name(request, path, Set.of());
        return of(locks().state(name)).flatMap(state -> JsonAnswer.ok(document(name, state)));
    }

    private Locks locks() {
        return node.running().locks();
    }

    /** None at all asks for what a lock is by default. */
    private Mono<byte[]> body(ServerRequest request) {
        return RequestBody.contentType(request) == null
                ? bodies.bytes(request)
                : bodies.json(request);
    }

    private static <T> Mono<T> of(CompletionStage<T> stage) {
        return Outcome.of(stage)
                .onErrorMap(StoreUnavailableException.class, LockEndpoints::unavailable)
                .onErrorMap(CompletionException.class, LockEndpoints::unavailable);
    }

    private static Throwable unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof StoreUnavailableException
                ? new ProblemException(
                        STORE_UNAVAILABLE,
                        "locks need Redis and PostgreSQL, and one does not answer: try again")
                : failure;
    }

    private static LockName name(ServerRequest request, ApiPath path, Set<String> parameters) {
        Query.of(request.uri(), parameters);
        try {
            return new LockName(path.decoded(1, ILLEGAL_VALUE));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ILLEGAL_VALUE, e.getMessage());
        }
    }

    private static long token(Query query) {
        String token = query.one(TOKEN);
        if (token == null) {
            throw new ProblemException(
                    MISSING_FIELD, "name the token that the lock was granted with: ?token=");
        }
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException _) {
            throw new ProblemException(ILLEGAL_VALUE, "a token is a whole number");
        }
    }

    private static void requireHeld(boolean isHeld) {
        if (!isHeld) {
            throw new ProblemException(
                    LOCK_LOST, "the lock is not held with this token: its time was over");
        }
    }

    private static ProblemException held(LockName name, Duration left) {
        return Problem.of(LOCK_HELD, "'%s' is held by another caller".formatted(name))
                .with("Retry-After", Long.toString(Math.ceilDiv(left.toMillis(), 1_000L)))
                .toException();
    }

    private static JsonWriter document(LockName name, Optional<LockState> state) {
        return state.map(held -> held(name, held.token(), held.left())).orElseGet(() -> free(name));
    }

    private static JsonWriter held(LockName name, long token, Duration left) {
        return new JsonWriter()
                .beginObject()
                .name("name")
                .value(name.value())
                .name("held")
                .value(true)
                .name(TOKEN)
                .value(token)
                .name("remaining_ms")
                .value(left.toMillis())
                .endObject();
    }

    private static JsonWriter free(LockName name) {
        return new JsonWriter()
                .beginObject()
                .name("name")
                .value(name.value())
                .name("held")
                .value(false)
                .endObject();
    }
}
