package io.freshet.api.namespace;

import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.NamespacesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The namespaces of a file, which are put into the catalog when the node starts. */
public final class DeclaredNamespaces {

    private DeclaredNamespaces() {}

    /**
     * Reads the file.
     *
     * @param file null for none
     * @param reserved names that paths mean otherwise
     * @throws IllegalStateException with the mend, when it cannot be read or declares a reserved
     *     name
     */
    public static List<NamespaceConfig> read(@Nullable Path file, Set<String> reserved) {
        if (file == null) {
            return List.of();
        }
        List<NamespaceConfig> declared;
        try {
            declared = NamespacesFile.read(file);
        } catch (IOException e) {
            throw new IllegalStateException("freshet.api.namespaces-file cannot be read: " + e, e);
        }
        for (NamespaceConfig config : declared) {
            if (reserved.contains(config.name().value())) {
                throw new IllegalStateException(
                        "%s: a namespace cannot be called '%s', which is a path of the API: choose another name"
                                .formatted(file, config.name()));
            }
        }
        return declared;
    }
}
