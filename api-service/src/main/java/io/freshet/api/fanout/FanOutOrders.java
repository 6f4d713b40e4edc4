package io.freshet.api.fanout;

import io.freshet.contracts.event.FanOutOrder;
import java.util.concurrent.CompletionStage;

/** Where orders are handed to those who fan out. */
@FunctionalInterface
public interface FanOutOrders {

    /** Hands over; done when Kafka has it for every partition; failed when it does not take it. */
    CompletionStage<FanOutOrder> submit(FanOutOrder order);
}
