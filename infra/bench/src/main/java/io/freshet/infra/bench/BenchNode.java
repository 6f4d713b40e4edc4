package io.freshet.infra.bench;

import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.log.LogListener;
import io.freshet.engine.log.LogTail;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One more node of the installation, as far as the log goes: what it has consumed is in force. */
public final class BenchNode implements AutoCloseable {

    private final LogView view;
    private final LogTail tail;

    /**
     * @param keys told the key of each invalidation of a key, once it is in force
     */
    public BenchNode(KafkaOptions kafka, Consumer<String> keys) {
        view = new LogView(kafka.partitioning(), ViewLimits.DEFAULT);
        tail = new LogTail(kafka, new Log(keys));
        tail.start();
    }

    /** Blocks until the node would answer. */
    public void awaitReady() throws InterruptedException {
        while (!view.isReady()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void close() {
        tail.close();
    }

    private final class Log implements LogListener {

        private final Consumer<String> keys;

        Log(Consumer<String> keys) {
            this.keys = keys;
        }

        @Override
        public void restore(int partition, ScopeRecord record) {
            if (record instanceof ScopeRecord.Position position) {
                view.restore(partition, position);
            }
        }

        @Override
        public void begin(int partition, Stamp floor, Stamp readyAt) {
            view.begin(partition, floor, readyAt);
        }

        @Override
        public void consume(int partition, Stamp position, LogRecord record) {
            view.consume(partition, position, record.event());
            KeysOf.event(record.event()).forEach(keys);
        }

        @Override
        public void unreadable(int partition, Stamp position) {
            view.lose(partition, position);
        }

        @Override
        public void gap(int partition, Stamp begin) {
            view.lose(partition, begin);
        }
    }
}
