package io.freshet.infra.servers;

import io.freshet.infra.servers.process.BinaryCache;
import io.freshet.infra.servers.process.Platform;
import io.freshet.infra.servers.process.ServerProcess;
import io.freshet.infra.servers.process.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Redis 7.0.15 from the binaries inside {@code org.signal:embedded-redis}. */
final class EmbeddedRedis extends ProcessServer implements RedisServer {
    private static final String VERSION = "7.0.15";

    private final Path program;
    private final RedisOptions options;

    private EmbeddedRedis(Path program, RedisOptions options, ServerProcess process) {
        super(process);
        this.program = program;
        this.options = options;
    }

    static EmbeddedRedis start(RedisOptions wanted, BinaryCache binaries) {
        RedisOptions options = wanted.port(Ports.resolve(wanted.port()));
        try {
            Path program = program(binaries);
            return new EmbeddedRedis(program, options, launch(program, options));
        } catch (IOException e) {
            throw new ServerStartException("Redis did not start in " + options.directory(), e);
        }
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
    ServerProcess startAgain() {
        try {
            return launch(program, options);
        } catch (IOException e) {
            throw new ServerStartException("Redis did not start in " + options.directory(), e);
        }
    }

    @Override
    Signal[] stopSignals() {
        return new Signal[] {Signal.TERM};
    }

    private static ServerProcess launch(Path program, RedisOptions options) throws IOException {
        Ports.requireFree(options.port(), "Redis");
        Files.createDirectories(options.directory());
        List<String> command = new ArrayList<>(List.of(program.toString()));
        directives(options)
                .forEach((name, value) -> {
                    command.add("--" + name);
                    command.add(value);
                });
        ServerProcess process =
                ServerProcess.launch(
                        command,
                        Map.of(),
                        options.directory(),
                        options.directory().resolve("redis.log"));
        Readiness.await(
                "Redis", process, options.startTimeout(), () -> answersPing(options.port()));
        return process;
    }

    private static Map<String, String> directives(RedisOptions options) {
        Map<String, String> directives = new LinkedHashMap<>();
        directives.put("port", Integer.toString(options.port()));
        directives.put("bind", "127.0.0.1");
        directives.put("dir", options.directory().toString());
        directives.put("save", "");
        switch (options.persistence()) {
            case NONE -> directives.put("appendonly", "no");
            case EVERY_SECOND -> {
                directives.put("appendonly", "yes");
                directives.put("appendfsync", "everysec");
            }
            case ALWAYS -> {
                directives.put("appendonly", "yes");
                directives.put("appendfsync", "always");
            }
        }
        directives.put("maxmemory", Long.toString(options.maxMemoryBytes()));
        directives.put("maxmemory-policy", "noeviction");
        directives.putAll(options.settings());
        return directives;
    }

    /** False too while it refuses connections or is still loading its data. */
    private static boolean answersPing(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] reply = socket.getInputStream().readNBytes(5);
            return new String(reply, StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Path program(BinaryCache binaries) throws IOException {
        Platform platform = Platform.current();
        String resource =
                "redis-server-"
                        + VERSION
                        + switch (platform) {
                            case LINUX_AMD64 -> "-linux-amd64";
                            case LINUX_ARM64 -> "-linux-arm64";
                            case MACOS_AMD64 -> "-darwin-amd64";
                            case MACOS_ARM64 -> "-darwin-arm64";
                        };
        URL binary = EmbeddedRedis.class.getResource("/" + resource);
        if (binary == null) {
            throw new ServerStartException(
                    resource + " is not on the class path: it is in org.signal:embedded-redis");
        }
        return binaries.get(
                        binary,
                        "redis-" + VERSION,
                        (in, into) -> {
                            Path file = into.resolve("redis-server");
                            Files.copy(in, file);
                            BinaryCache.makeExecutable(file);
                        })
                .resolve("redis-server");
    }
}
