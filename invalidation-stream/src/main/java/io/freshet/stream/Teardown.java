package io.freshet.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be closed, the last one first, whether or not one of them fails. */
final class Teardown implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Teardown.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <C extends AutoCloseable> C add(C closeable) {
        opened.push(closeable);
        return closeable;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable next = opened.pop();
            try {
                next.close();
            } catch (Exception e) {
                log.atWarn()
                        .addKeyValue("part", next.getClass().getSimpleName())
                        .setCause(e)
                        .log("did not close in order");
            }
        }
    }
}
