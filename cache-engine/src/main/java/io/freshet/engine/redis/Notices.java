package io.freshet.engine.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.engine.lease.Holder;
import io.freshet.engine.lease.Signals;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node hears from Redis without asking: that something it waits for has become free. One
 * channel of its own, so that it hears of nothing else; the connection is opened when somebody
 * waits for the first time.
 *
 * <p>Failure modes: while it is not connected nothing is heard. Whoever waits is woken when it is
 * again, and looks.
 */
final class Notices {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final Supplier<CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>>> dial;
    private final byte[] channel = ("freshet:freed:" + Holder.random()).getBytes(UTF_8);
    private final Signals signals = new Signals();
    private final AtomicReference<@Nullable CompletionStage<?>> connection =
            new AtomicReference<>();

    Notices(Supplier<CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>>> dial) {
        this.dial = dial;
    }

    byte[] channel() {
        return channel;
    }

    /** Waits, from now on, to hear that the thing of this name has become free. */
    CompletableFuture<Void> await(byte[] name) {
        listen();
        return signals.await(new String(name, UTF_8));
    }

    private void listen() {
        if (connection.get() != null) {
            return;
        }
        var opening = new CompletableFuture<Void>();
        if (connection.compareAndSet(null, opening)) {
            var _ =
                    dial.get()
                            .thenAccept(this::attach)
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    connection.set(null);
                                    log.atDebug().setCause(failure).log("Redis sends no notices");
                                }
                            });
        }
    }

    private void attach(StatefulRedisPubSubConnection<byte[], byte[]> opened) {
        opened.addListener(
                new RedisPubSubAdapter<>() {
                    @Override
                    public void message(byte[] from, byte[] name) {
                        signals.signal(new String(name, UTF_8));
                    }

                    @Override
                    public void subscribed(byte[] to, long count) {
                        signals.signalAll();
                    }
                });
        var _ = opened.async().subscribe(channel);
    }
}
