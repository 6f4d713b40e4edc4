package io.freshet.infra.local.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @TempDir private Path directory = Path.of("");

    @Test
    void shouldStayTheSameAndItsOwnersAlone() throws IOException {
        Path file = directory.resolve("token");

        Secret first = Secret.keptIn(file);
        Secret second = Secret.keptIn(file);

        assertThat(second).isEqualTo(first);
        assertThat(first.value()).hasSize(48);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldReplaceAnEmptyFile() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "\n");

        assertThat(Secret.keptIn(file).value()).isNotEmpty();
    }

    @Test
    void shouldNotShowItself() {
        assertThat(new Secret("s3cret")).hasToString("Secret[...]");
    }
}
