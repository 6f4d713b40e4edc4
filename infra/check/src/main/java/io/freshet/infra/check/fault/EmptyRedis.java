package io.freshet.infra.check.fault;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.supervision.Order;

/** Redis loses its disk: stopped, its data moved aside, started empty. */
record EmptyRedis() implements Fault {

    @Override
    public String description() {
        return "Redis restarted empty";
    }

    @Override
    public void strike(Site site) throws Exception {
        site.instance().order(Order.Action.STOP, Part.REDIS);
        RedisData.of(site.instance()).delete();
        site.did("deleted the data of Redis");
        site.instance().order(Order.Action.START, Part.REDIS);
        site.did("started Redis empty");
        Thread.sleep(WINDOW.multipliedBy(2));
    }
}
