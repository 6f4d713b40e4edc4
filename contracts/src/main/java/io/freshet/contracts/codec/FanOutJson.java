package io.freshet.contracts.codec;

import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import tools.jackson.databind.node.ObjectNode;

/** Fan-outs, and what is ordered of them, as JSON. */
final class FanOutJson {

    private FanOutJson() {}

    static void write(FanOutProgress progress, ObjectNode out) {
        out.put("id", progress.id().toString()).put("position", progress.position().packed());
        EventJson.writeTarget(progress.scope(), out);
        out.put("mode", Json.name(progress.mode()))
                .put("state", Json.name(progress.state()))
                .put("keys", progress.keys())
                .put("started-at", progress.startedAt().toString())
                .put("at", progress.at().toString());
    }

    static FanOutProgress read(JsonObject in) {
        return new FanOutProgress(
                in.parsed("id", InboxPosition::parse),
                in.counted("position", Stamp::new),
                EventJson.readTarget(in.text("type"), in),
                in.oneOf("mode", Mode.class),
                in.oneOf("state", FanOutProgress.State.class),
                in.number("keys"),
                in.instant("started-at"),
                in.instant("at"));
    }

    static void writeOrder(FanOutOrder order, ObjectNode out) {
        out.put("id", order.id().toString())
                .put("action", Json.name(order.action()))
                .put("by", order.by())
                .put("at", order.at().toString());
    }

    static FanOutOrder readOrder(JsonObject in) {
        return new FanOutOrder(
                in.parsed("id", InboxPosition::parse),
                in.oneOf("action", FanOutOrder.Action.class),
                in.text("by"),
                in.instant("at"));
    }
}
