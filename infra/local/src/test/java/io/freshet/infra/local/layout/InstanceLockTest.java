package io.freshet.infra.local.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {
    @Test
    void shouldBeFreeAgainWhenClosed(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("lock");
        InstanceLock.take(file).orElseThrow().close();

        try (InstanceLock second = InstanceLock.take(file).orElseThrow()) {
            assertThat(second).isNotNull();
        }
    }
}
