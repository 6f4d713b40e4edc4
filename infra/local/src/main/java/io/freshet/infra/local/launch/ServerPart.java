package io.freshet.infra.local.launch;

import io.freshet.infra.local.supervision.RunningPart;
import io.freshet.infra.servers.RunningServer;
import java.time.Duration;

/**
 * An embedded server as a part. It answered clients when it was handed over, so it is well while it
 * lives.
 */
record ServerPart(RunningServer server, long pid) implements RunningPart {
    ServerPart(RunningServer server) {
        this(server, server.pid());
    }

    @Override
    public boolean isAlive() {
        return server.isAlive();
    }

    @Override
    public Health health() {
        return server.isAlive() ? new Health.Good() : new Health.Bad("ended");
    }

    /**
     * Takes the server's own time for a clean stop, whatever the grace: its data matter more than a
     * second.
     */
    @Override
    public void stop(Duration grace) {
        server.close();
    }
}
