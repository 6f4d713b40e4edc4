package io.freshet.infra.local.supervision;

import io.freshet.infra.local.layout.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the orders that come in: each on a thread of its own, since a start takes seconds.
 */
final class OrderDesk {
    private static final Logger log = LoggerFactory.getLogger(OrderDesk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Orders orders;
    private final Map<Part, PartKeeper> keepers;
    private final Runnable shutDown;

    OrderDesk(Orders orders, Map<Part, PartKeeper> keepers, Runnable shutDown) {
        this.orders = orders;
        this.keepers = keepers;
        this.shutDown = shutDown;
    }

    void serve() throws IOException {
        for (Orders.Pending pending : orders.take()) {
            log.atInfo().addKeyValue("order", pending.order().text()).log("order");
            Thread.ofVirtual().start(() -> carryOut(pending));
        }
    }

    private void carryOut(Orders.Pending pending) {
        try {
            orders.answer(pending.id(), answerTo(pending.order()));
        } catch (IOException e) {
            log.atWarn().setCause(e).log("an answer was not written");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String answerTo(Order order) throws InterruptedException {
        return switch (order) {
            case Order.ShutDown _ -> {
                shutDown.run();
                yield Orders.OK + " stopping";
            }
            case Order.ToPart(var action, var part) -> {
                PartKeeper keeper = keepers.get(part);
                yield keeper == null
                        ? "failed: this instance has no " + part.label()
                        : act(action, keeper);
            }
        };
    }

    private static String act(Order.Action action, PartKeeper keeper) throws InterruptedException {
        return switch (action) {
            case START -> {
                keeper.start().join();
                yield awaitStart(keeper);
            }
            case STOP -> {
                keeper.stop().join();
                yield Orders.OK + " stopped";
            }
            case RESTART -> {
                keeper.stop().join();
                keeper.start().join();
                yield awaitStart(keeper);
            }
        };
    }

    private static String awaitStart(PartKeeper keeper) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            switch (keeper.state()) {
                case PartState.Ready ready -> {
                    return "%s ready, pid %d".formatted(Orders.OK, ready.running().pid());
                }
                case PartState.Broken broken -> {
                    return "failed: " + broken.why();
                }
                case PartState.Stopped _ -> {
                    return "failed: it was stopped again";
                }
                case PartState.Waiting _,
                        PartState.Launching _,
                        PartState.Starting _,
                        PartState.Unready _ ->
                        Thread.sleep(50);
            }
        }
        return "failed: not ready after %d s".formatted(PATIENCE.toSeconds());
    }
}
