package io.freshet.api.fanout;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.Principal;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutOrder.Action;
import io.freshet.contracts.position.InboxPosition;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Tells how far fan-outs are, and takes orders about them. */
public final class FanOutEndpoints {

    private final FanOutBoard board;
    private final FanOutOrders orders;
    private final InstantSource clock;

    public FanOutEndpoints(FanOutBoard board, FanOutOrders orders, InstantSource clock) {
        this.board = board;
        this.orders = orders;
        this.clock = clock;
    }

    /** {@code GET /fan-outs}. */
    public Mono<ServerResponse> list(ServerRequest request, ApiPath path) {
        return JsonAnswer.ok(FanOutDocument.ofAll(board.all()));
    }

    /** {@code GET /fan-outs/{id}}. */
    public Mono<ServerResponse> show(ServerRequest request, ApiPath path) {
        return JsonAnswer.ok(document(find(path)));
    }

    /** {@code POST /fan-outs/{id}/pause}. */
    public Mono<ServerResponse> pause(ServerRequest request, ApiPath path) {
        return order(path, Action.PAUSE);
    }

    /** {@code POST /fan-outs/{id}/resume}. */
    public Mono<ServerResponse> resume(ServerRequest request, ApiPath path) {
        return order(path, Action.RESUME);
    }

    /** {@code DELETE /fan-outs/{id}}. */
    public Mono<ServerResponse> cancel(ServerRequest request, ApiPath path) {
        return order(path, Action.CANCEL);
    }

    private Mono<ServerResponse> order(ApiPath path, Action action) {
        FanOutStatus meant = find(path);
        return Principal.current()
                .map(who -> new FanOutOrder(meant.id(), action, who.name(), clock.instant()))
                .flatMap(order -> Outcome.of(orders.submit(order)))
                .flatMap(_ -> JsonAnswer.of(HttpStatus.ACCEPTED, document(meant)));
    }

    private FanOutStatus find(ApiPath path) {
        String id = path.decoded(1, ProblemCode.FAN_OUT_NOT_FOUND);
        try {
            return board.find(InboxPosition.parse(id)).orElseThrow(FanOutEndpoints::unknown);
        } catch (IllegalArgumentException _) {
            throw unknown();
        }
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ProblemCode.FAN_OUT_NOT_FOUND,
                "this node has not heard of a fan-out of that id, which is the token of an"
                        + " invalidation by tag, pattern or namespace that had entries to remove");
    }

    private static JsonWriter document(FanOutStatus status) {
        return FanOutDocument.of(status, new JsonWriter());
    }
}
