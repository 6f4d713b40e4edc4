package io.freshet.contracts.codec;

import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;

/** Fan-outs, and what is ordered of them, as JSON. */
final class FanOutJson {

    private FanOutJson() {}

    static void write(FanOutProgress progress, JsonWriter out) {
        out.put("id", progress.id().toString()).put("position", progress.position().packed());
        EventJson.writeTarget(progress.scope(), out);
        out.put("mode", progress.mode())
                .put("state", progress.state())
                .put("keys", progress.keys())
                .put("started-at", progress.startedAt())
                .put("at", progress.at());
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

    static void writeOrder(FanOutOrder order, JsonWriter out) {
        out.put("id", order.id().toString())
                .put("action", order.action())
                .put("by", order.by())
                .put("at", order.at());
    }

    static FanOutOrder readOrder(JsonObject in) {
        return new FanOutOrder(
                in.parsed("id", InboxPosition::parse),
                in.oneOf("action", FanOutOrder.Action.class),
                in.text("by"),
                in.instant("at"));
    }
}
