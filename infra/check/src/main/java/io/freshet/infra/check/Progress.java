package io.freshet.infra.check;

import io.freshet.infra.local.view.Terminal;
import java.time.Duration;
import java.util.List;

/**
 * What a check says while it runs: on a terminal one line that changes, elsewhere that line now and
 * then.
 */
final class Progress {
    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final Terminal terminal;
    private long last = System.nanoTime();

    Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Says a line; one that begins with a carriage return is about the state of the moment. */
    synchronized void say(String line) {
        if (!line.startsWith("\r")) {
            terminal.line(line);
            return;
        }
        if (terminal.isInteractive()) {
            terminal.block(List.of(line.substring(1)));
        } else if (System.nanoTime() - last > INTERVAL) {
            last = System.nanoTime();
            terminal.line(line.substring(1));
        }
    }
}
