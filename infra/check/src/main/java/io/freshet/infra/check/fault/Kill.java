package io.freshet.infra.check.fault;

import io.freshet.infra.local.layout.Part;
import java.time.Duration;

/** SIGKILL; the supervisor starts the part again. */
record Kill(Part part) implements Fault {

    private static final Duration FULL_LOAD_WITHOUT_IT = Duration.ofSeconds(4);

    @Override
    public String description() {
        return part.label() + " killed by SIGKILL, started again by the supervisor";
    }

    @Override
    public void strike(Site site) throws Exception {
        long pid = site.instance().status(part).pid();
        site.instance().signal("KILL", part);
        site.did("killed " + part.label());
        Thread.sleep(FULL_LOAD_WITHOUT_IT);
        site.load().easeOff();
        try {
            site.instance().awaitRestart(part, pid);
        } finally {
            site.load().press();
        }
        site.did(part.label() + " is back");
    }
}
