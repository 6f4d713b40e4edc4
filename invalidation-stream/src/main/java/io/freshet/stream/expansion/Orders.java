package io.freshet.stream.expansion;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.position.InboxPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is ordered of fan-outs, for a day: also of those that this partition has yet to read, or
 * reads again after a crash.
 */
final class Orders {

    private static final Duration KEPT = Duration.ofDays(1);

    private final Rows rows;

    Orders(Rows rows) {
        this.rows = rows;
    }

    /** Takes the next one; whoever gave a fan-out up cannot take that back. */
    void take(FanOutOrder order, Instant now) {
        forgetOld(now);
        if (standing(order.id()) == FanOutOrder.Action.CANCEL) {
            return;
        }
        RowKey at = rowOf(order.id());
        switch (order.action()) {
            case PAUSE, CANCEL -> rows.put(at, Codecs.FAN_OUT_ORDER.encode(order));
            case RESUME -> rows.delete(at);
        }
    }

    /** What is to be done with the fan-out; null for nothing. */
    FanOutOrder.@Nullable Action standing(InboxPosition id) {
        byte[] row = rows.get(rowOf(id));
        return row == null ? null : Codecs.FAN_OUT_ORDER.decode(row).action();
    }

    private void forgetOld(Instant now) {
        List<RowKey> old = new ArrayList<>();
        rows.scan(
                RowKey.of(new byte[0]),
                null,
                (at, row) -> {
                    if (Codecs.FAN_OUT_ORDER.decode(row).at().plus(KEPT).isBefore(now)) {
                        old.add(at);
                    }
                    return true;
                });
        old.forEach(rows::delete);
    }

    private static RowKey rowOf(InboxPosition id) {
        return RowKey.of(id.toString().getBytes(UTF_8));
    }
}
