package io.freshet.infra.servers;

import io.freshet.infra.servers.process.Directories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka's directory on disk, formatted before the first start.
 *
 * <p>The file that names the cluster appears only after a complete format. Where it is missing, an
 * earlier format was interrupted; no broker has run on it, so what is there can go.
 */
final class KafkaDirectory {
    private static final String CLUSTER = "cluster.id";

    private KafkaDirectory() {}

    static void prepare(Path directory, Properties properties) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        if (Files.exists(directory.resolve(CLUSTER))) {
            requireUnused(directory.resolve("data/.lock"));
            return;
        }
        Directories.delete(directory.resolve("data"));
        String cluster = Uuid.randomUuid().toString();
        format(cluster, file);
        Path written = Files.writeString(directory.resolve(CLUSTER + ".new"), cluster);
        Files.move(written, directory.resolve(CLUSTER), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Checks for another Kafka before this one starts: the controller, which comes first, would
     * write to the other's metadata before the broker finds the lock taken.
     */
    private static void requireUnused(Path lock) throws IOException {
        if (!Files.exists(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                throw new IOException("another Kafka uses the directory: stop it");
            }
        }
    }

    private static void format(String cluster, Path properties) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int result =
                StorageTool.execute(
                        new String[] {
                            "format", "--standalone", "-t", cluster, "-c", properties.toString()
                        },
                        new PrintStream(printed, true, StandardCharsets.UTF_8));
        if (result != 0) {
            throw new IOException(
                    "it could not be formatted: "
                            + printed.toString(StandardCharsets.UTF_8).strip());
        }
    }
}
