package io.freshet.infra.check.fault;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.supervision.Order;

/** An orderly restart. */
record Restart(Part part) implements Fault {

    @Override
    public String description() {
        return part.label() + " restarted in order";
    }

    @Override
    public void strike(Site site) throws Exception {
        site.did("restarting " + part.label());
        site.instance().order(Order.Action.RESTART, part);
        site.did(part.label() + " is back");
    }
}
