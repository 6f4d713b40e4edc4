package io.freshet.infra.local.launch;

import io.freshet.infra.local.layout.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The source tree that the launcher was started from, with what its build has made. */
public record Checkout(Path root) {
    /** The system property by which the {@code freshet} script says where the checkout is. */
    public static final String PROPERTY = "freshet.home";

    public static Checkout current() {
        return new Checkout(
                Path.of(System.getProperty(PROPERTY, ".")).toAbsolutePath().normalize());
    }

    /**
     * A service's executable jar.
     *
     * @throws IOException with a message for the user if there is none, or more than one
     */
    Path jarOf(Part service) throws IOException {
        Path target = root.resolve(service.label()).resolve("target");
        List<Path> jars = List.of();
        if (Files.isDirectory(target)) {
            try (var files =
                    Files.newDirectoryStream(
                            target, "freshet-" + service.label() + "-*-exec.jar")) {
                jars = java.util.stream.StreamSupport.stream(files.spliterator(), false).toList();
            }
        }
        if (jars.size() != 1) {
            throw new IOException(
                    "%s holds %s executable jar of %s: build it with mvn package"
                            .formatted(
                                    target,
                                    jars.isEmpty() ? "no" : "more than one",
                                    service.label()));
        }
        return jars.getFirst();
    }
}
