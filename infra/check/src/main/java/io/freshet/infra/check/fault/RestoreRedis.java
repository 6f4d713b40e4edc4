package io.freshet.infra.check.fault;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.supervision.Order;
import java.nio.file.Files;
import java.nio.file.Path;

/** Redis restarted from a copy of its data that is some seconds old. */
record RestoreRedis() implements Fault {

    @Override
    public String description() {
        return "Redis restarted from an old copy of its data";
    }

    @Override
    public void strike(Site site) throws Exception {
        Path old = Files.createTempDirectory("freshet-check-redis");
        try {
            RedisData data = RedisData.of(site.instance());
            data.copyTo(old);
            site.did("copied the data of Redis");
            Thread.sleep(WINDOW.multipliedBy(3));
            site.instance().order(Order.Action.STOP, Part.REDIS);
            data.delete();
            data.copyFrom(old);
            site.instance().order(Order.Action.START, Part.REDIS);
            site.did("started Redis from the copy");
            Thread.sleep(WINDOW.multipliedBy(2));
        } finally {
            new RedisData(old).delete();
            Files.deleteIfExists(old);
        }
    }
}
