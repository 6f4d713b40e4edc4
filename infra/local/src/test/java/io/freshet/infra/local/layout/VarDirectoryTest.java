package io.freshet.infra.local.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VarDirectoryTest {

    @Test
    void shouldKeepTheLogsOfTheInstanceBefore(@TempDir Path root) throws IOException {
        // given
        var directory = new VarDirectory(root);
        directory.create();
        Path log = directory.log(Part.API_SERVICE);
        Files.writeString(log, "first");
        directory.turnOverLogs();
        Files.writeString(log, "second");

        // when
        directory.turnOverLogs();

        // then
        assertThat(log).doesNotExist();
        assertThat(log.resolveSibling("api-service.log.1")).hasContent("second");
    }

    @Test
    void shouldTurnOverNothingInANewDirectory(@TempDir Path root) throws IOException {
        // given
        var directory = new VarDirectory(root);
        directory.create();

        // when
        directory.turnOverLogs();

        // then
        assertThat(directory.logs()).isDirectoryNotContaining("glob:**.1");
    }
}
