package io.freshet.system;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two callers who read keys in turn, past the memory of the node, until they are closed. */
final class HotReaders implements AutoCloseable {

    private static final int CALLERS = 2;
    private static final long PAUSE_MILLIS = 10;

    private final CacheClient client;
    private final String namespace;
    private final List<String> keys;
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);

    HotReaders(CacheClient client, String namespace, List<String> keys) {
        this.client = client;
        this.namespace = namespace;
        this.keys = List.copyOf(keys);
        for (int caller = 0; caller < CALLERS; caller++) {
            var _ =
                    callers.scheduleWithFixedDelay(
                            this::read, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void read() {
        try {
            String key = keys.get(Math.floorMod(turn.getAndIncrement(), keys.size()));
            client.getFromRedis(namespace, key);
        } catch (UncheckedIOException | IllegalStateException _) {
            // The node counts what it could not answer; the next read follows.
        }
    }

    @Override
    public void close() {
        callers.shutdownNow();
        callers.close();
    }
}
