package io.freshet.infra.check.fault;

import io.freshet.infra.local.layout.Part;

/** SIGKILL; the supervisor starts the part again. */
record Kill(Part part) implements Fault {

    @Override
    public String description() {
        return part.label() + " killed by SIGKILL, started again by the supervisor";
    }

    @Override
    public void strike(Site site) throws Exception {
        long pid = site.instance().status(part).pid();
        site.instance().signal("KILL", part);
        site.did("killed " + part.label());
        site.instance().awaitRestart(part, pid);
        site.did(part.label() + " is back");
    }
}
