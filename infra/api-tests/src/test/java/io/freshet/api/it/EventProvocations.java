package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** Subscriptions that cannot be. */
final class EventProvocations {

    private static final String EVENTS = "/api/v1/cache/events";

    private EventProvocations() {}

    static List<Provocation> all() {
        return List.of(
                new Provocation(
                        ProblemCode.TOO_MANY_SUBSCRIBERS,
                        "one subscriber more than a node takes",
                        "freshet.subscribers.max",
                        EventProvocations::crowd),
                new Provocation(
                        ProblemCode.ILLEGAL_VALUE,
                        "an id that no event has",
                        "Last-Event-ID",
                        service -> service.api.get(EVENTS, "Last-Event-ID", "yesterday")),
                new Provocation(
                        ProblemCode.NAMESPACE_NOT_FOUND,
                        "events of a namespace that is not there",
                        "no namespace",
                        service -> service.api.get(EVENTS + "?namespace=nobody")));
    }

    private static HttpAnswer crowd(RunningService service) {
        var crowd = new ArrayList<EventStream>();
        try {
            for (int i = 0; i < EventStream.MOST; i++) {
                crowd.add(EventStream.idle(service, ""));
            }
            return service.api.get(EVENTS);
        } finally {
            crowd.forEach(EventStream::close);
        }
    }
}
