package io.freshet.cdc;

import io.freshet.cdc.capture.CaptureLoop;
import org.springframework.context.SmartLifecycle;

/** Starts change capture with the application and stops it with it. */
final class CaptureLifecycle implements SmartLifecycle {

    private final CaptureLoop loop;
    private volatile boolean running;

    CaptureLifecycle(CaptureLoop loop) {
        this.loop = loop;
    }

    @Override
    public void start() {
        loop.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            loop.stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
