package io.freshet.infra.servers;

import io.freshet.infra.servers.process.BinaryCache;
import io.freshet.infra.servers.process.Platform;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** The redis-server program, from {@code org.signal:embedded-redis}. */
final class RedisBinary {
    private static final String NAME = "redis-server";
    private static final String VERSION = "7.0.15";

    private RedisBinary() {}

    static Path unpacked(BinaryCache cache) throws IOException {
        String system =
                switch (Platform.current()) {
                    case LINUX_AMD64 -> "linux-amd64";
                    case LINUX_ARM64 -> "linux-arm64";
                    case MACOS_AMD64 -> "darwin-amd64";
                    case MACOS_ARM64 -> "darwin-arm64";
                };
        String resource = NAME + "-" + VERSION + "-" + system;
        URL binary = RedisBinary.class.getResource("/" + resource);
        if (binary == null) {
            throw new IOException(
                    resource + " is not on the class path: it is in org.signal:embedded-redis");
        }
        Path home =
                cache.get(
                        binary,
                        "redis-" + VERSION,
                        (in, into) -> {
                            Files.copy(in, into.resolve(NAME));
                            BinaryCache.makeExecutable(into.resolve(NAME));
                        });
        return home.resolve(NAME);
    }
}
