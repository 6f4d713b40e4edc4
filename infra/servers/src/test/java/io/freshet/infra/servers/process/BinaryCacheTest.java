package io.freshet.infra.servers.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
    private final Path root;
    private final BinaryCache cache;
    private final URL archive;

    BinaryCacheTest(@TempDir Path temporary) throws IOException {
        archive = Files.writeString(temporary.resolve("archive"), "content").toUri().toURL();
        root = temporary.resolve("cache");
        cache = new BinaryCache(root);
    }

    @Test
    void shouldUnpackOnce() throws IOException {
        Path first = cache.get(archive, "tool", BinaryCacheTest::copy);

        Path second =
                cache.get(
                        archive,
                        "tool",
                        (in, into) -> {
                            throw new IOException("unpacked again");
                        });

        assertThat(second).isEqualTo(first);
        assertThat(second.resolve("file")).hasContent("content");
    }

    @Test
    void shouldUnpackAnewWhatWasDamaged() throws IOException {
        Path home = cache.get(archive, "tool", BinaryCacheTest::copy);
        Files.writeString(home.resolve("file"), "cut");

        Path again = cache.get(archive, "tool", BinaryCacheTest::copy);

        assertThat(again.resolve("file")).hasContent("content");
    }

    @Test
    void shouldServeManyAtOnceFromOneUnpacking() throws Exception {
        AtomicInteger unpackings = new AtomicInteger();
        Callable<Path> get =
                () ->
                        cache.get(
                                archive,
                                "tool",
                                (in, into) -> {
                                    unpackings.incrementAndGet();
                                    copy(in, into);
                                });

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Path> home : threads.invokeAll(Collections.nCopies(8, get))) {
                assertThat(home.get().resolve("file")).hasContent("content");
            }
        }

        assertThat(unpackings).hasValue(1);
    }

    @Test
    void shouldRefuseADirectoryThatEverybodyCanWrite() throws IOException {
        Files.createDirectory(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> cache.get(archive, "tool", BinaryCacheTest::copy))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can be written by all");
    }

    private static void copy(InputStream in, Path into) throws IOException {
        Files.copy(in, into.resolve("file"));
    }
}
