package io.freshet.system;

import io.freshet.infra.check.instance.CheckException;
import io.freshet.infra.check.instance.Instance;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.supervision.Order;
import io.freshet.infra.servers.process.Directories;
import java.io.IOException;

/** The Redis of a system, which can be lost with everything that it holds. */
final class LosableRedis {

    private static final String APPENDED = "appendonlydir";

    private final Instance instance;

    LosableRedis(LocalSystem system) throws IOException, CheckException {
        instance = system.instance();
    }

    /** Kills it with SIGKILL and deletes what it has on disk; it stays away. */
    void lose() throws IOException, InterruptedException, CheckException {
        instance.signal("KILL", Part.REDIS);
        // Else the supervisor starts it again.
        instance.order(Order.Action.STOP, Part.REDIS);
        Directories.delete(instance.directory().data(Part.REDIS).resolve(APPENDED));
    }

    /** Brings it back, if it is away; done when it answers. */
    void start() throws IOException, InterruptedException, CheckException {
        instance.order(Order.Action.START, Part.REDIS);
    }
}
