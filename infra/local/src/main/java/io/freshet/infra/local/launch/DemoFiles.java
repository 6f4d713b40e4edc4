package io.freshet.infra.local.launch;

import io.freshet.infra.local.layout.TextFile;
import io.freshet.infra.local.layout.VarDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules and the namespaces that an instance starts with: the user's own files, or the demo's.
 */
public record DemoFiles(Path rules, Path namespaces) {

    /**
     * Uses the given files; the demo's are written into {@code config/} anew, so that they fit the
     * demo's tables.
     */
    public static DemoFiles prepare(
            VarDirectory directory, Optional<Path> rules, Optional<Path> namespaces)
            throws IOException {
        return new DemoFiles(
                chosen(rules, directory.config().resolve("rules.yaml")),
                chosen(namespaces, directory.config().resolve("namespaces.yaml")));
    }

    private static Path chosen(Optional<Path> own, Path demo) throws IOException {
        if (own.isPresent()) {
            return own.get().toAbsolutePath();
        }
        String resource = "/demo/" + demo.getFileName();
        try (InputStream content =
                Objects.requireNonNull(DemoFiles.class.getResourceAsStream(resource), resource)) {
            TextFile.replace(demo, new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
        return demo;
    }
}
