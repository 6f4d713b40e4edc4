package io.freshet.infra.servers;

import io.freshet.infra.servers.process.BinaryCache;
import io.freshet.infra.servers.process.Command;
import io.freshet.infra.servers.process.ServerDirectory;
import io.freshet.infra.servers.process.ServerProcess;
import io.freshet.infra.servers.process.Signal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Redis out of {@link RedisBinary}, a child of this JVM. */
final class EmbeddedRedis extends ProcessServer implements RedisServer {
    private final RedisOptions options;
    private final BinaryCache binaries;

    private EmbeddedRedis(RedisOptions options, BinaryCache binaries) {
        super("Redis", options.directory());
        this.options = options;
        this.binaries = binaries;
    }

    static EmbeddedRedis start(RedisOptions wanted, BinaryCache binaries) {
        return Ports.choose(
                wanted.port(),
                port -> {
                    EmbeddedRedis redis = new EmbeddedRedis(wanted.port(port), binaries);
                    redis.start();
                    return redis;
                });
    }

    @Override
    public String uri() {
        return "redis://127.0.0.1:" + port();
    }

    @Override
    public int port() {
        return options.port();
    }

    @Override
    ServerProcess launch(ServerDirectory directory) throws IOException {
        Ports.requireFree(options.port(), "Redis");
        deleteUnfinishedSnapshots(directory.path());
        List<String> words = new ArrayList<>(List.of(RedisBinary.unpacked(binaries).toString()));
        words.addAll(
                RedisDirectives.arguments(
                        Map.of(
                                "port",
                                Integer.toString(options.port()),
                                "bind",
                                "127.0.0.1",
                                "dir",
                                directory.path().toString(),
                                // Names the directory where process lists show it.
                                "proc-title-template",
                                "{title} {listen-addr} " + directory.path())));
        words.addAll(RedisDirectives.arguments(RedisDirectives.of(options)));
        return directory.launch(
                new Command(words, Map.of(), directory.path()), "redis.log", List.of(Signal.TERM));
    }

    @Override
    void awaitReady(ServerProcess process) {
        String advice =
                "If the log says that the append-only file is damaged and the data can be loaded"
                        + " again, delete "
                        + options.directory()
                        + " and start again.";
        new Readiness("Redis", options.startTimeout(), advice)
                .await(
                        Readiness.Starting.of(process),
                        () -> RedisPing.answered("127.0.0.1", options.port()));
    }

    /** What a killed Redis was writing; it reads none of it, and would never delete it. */
    private static void deleteUnfinishedSnapshots(Path directory) throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory, "temp-*.{rdb,aof}")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
