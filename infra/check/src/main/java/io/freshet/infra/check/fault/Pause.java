package io.freshet.infra.check.fault;

import io.freshet.infra.local.layout.Part;
import java.time.Duration;

/** SIGSTOP for longer than the window, then SIGCONT. */
record Pause(Part part) implements Fault {
    private static final Duration LENGTH = WINDOW.multipliedBy(4);

    @Override
    public String description() {
        return "%s stopped by SIGSTOP for %d s".formatted(part.label(), LENGTH.toSeconds());
    }

    @Override
    public void strike(Site site) throws Exception {
        long pid = site.instance().status(part).pid();
        io.freshet.infra.check.instance.Instance.signal("STOP", pid);
        site.did("stopped " + part.label());
        try {
            Thread.sleep(LENGTH);
        } finally {
            io.freshet.infra.check.instance.Instance.signal("CONT", pid);
            site.did(part.label() + " goes on");
        }
    }
}
