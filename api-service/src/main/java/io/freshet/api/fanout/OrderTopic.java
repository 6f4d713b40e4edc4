package io.freshet.api.fanout;

import io.freshet.api.topic.TopicSender;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.topic.TopicSpec;
import java.util.concurrent.CompletionStage;

/**
 * The way of orders to invalidation-stream, {@code freshet.fan-out-orders}: each to every
 * partition. Thread-safe; nothing blocks its caller.
 */
public final class OrderTopic implements FanOutOrders, AutoCloseable {

    private final TopicSpec<FanOutOrder> topic;
    private final TopicSender sender;

    public OrderTopic(String bootstrapServers, TopicSpec<FanOutOrder> topic) {
        this.topic = topic;
        this.sender = new TopicSender(bootstrapServers, "freshet-fan-out-orders");
    }

    @Override
    public CompletionStage<FanOutOrder> submit(FanOutOrder order) {
        return sender.inBackground(() -> {
            sender.sendToAll(topic, order.id().toString(), order);
            return order;
        });
    }

    @Override
    public void close() {
        sender.close();
    }
}
