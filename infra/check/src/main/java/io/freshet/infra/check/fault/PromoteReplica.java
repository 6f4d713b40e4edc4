package io.freshet.infra.check.fault;

import io.freshet.infra.check.instance.RedisWire;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Port;
import io.freshet.infra.local.supervision.Order;
import io.freshet.infra.servers.EmbeddedServers;
import io.freshet.infra.servers.RedisOptions;
import io.freshet.infra.servers.RedisServer;
import io.freshet.infra.servers.process.Directories;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A failover that loses writes: a replica is cut off, its master takes writes for longer than the
 * window, then the replica takes the master's place and port. In the end its data go back to the
 * instance's own Redis.
 */
record PromoteReplica() implements Fault {
    private static final Duration SYNC_PATIENCE = Duration.ofSeconds(20);

    @Override
    public String description() {
        return "a Redis replica promoted that misses the last writes of its master";
    }

    @Override
    public void strike(Site site) throws Exception {
        int port = site.instance().addresses().ports().of(Port.REDIS);
        Path directory = Files.createTempDirectory("freshet-check-replica");
        var options =
                RedisOptions.in(directory)
                        .persistence(RedisOptions.Persistence.EVERY_SECOND)
                        .settings(Map.of("replicaof", "127.0.0.1 " + port));
        try (RedisServer replica = new EmbeddedServers().startRedis(options)) {
            var wire = new RedisWire(URI.create(replica.uri()).getPort());
            awaitSync(wire);
            site.did("a replica of Redis is in step");
            wire.ask("REPLICAOF NO ONE");
            site.did("cut the replica off");
            Thread.sleep(WINDOW.multipliedBy(3));
            site.instance().order(Order.Action.STOP, Part.REDIS);
            wire.ask("CONFIG SET port " + port);
            site.did("the replica has taken the master's place");
            Thread.sleep(WINDOW.multipliedBy(4));
            giveBack(site, directory, port);
        } finally {
            Directories.delete(directory);
        }
    }

    private static void awaitSync(RedisWire replica) throws Exception {
        long end = System.nanoTime() + SYNC_PATIENCE.toNanos();
        while (!replica.ask("INFO replication").contains("master_link_status:up")) {
            if (System.nanoTime() > end) {
                throw new java.io.IOException("the replica does not get in step");
            }
            Thread.sleep(50);
        }
    }

    private static void giveBack(Site site, Path directory, int port) throws Exception {
        var promoted = new RedisWire(port);
        promoted.ask("CONFIG SET port 0");
        Thread.sleep(1_500);
        RedisData data = RedisData.of(site.instance());
        data.delete();
        data.copyFrom(directory);
        site.instance().order(Order.Action.START, Part.REDIS);
        site.did("the data of the replica are back with the instance's Redis");
    }
}
