package io.freshet.api.namespace;

import io.freshet.api.http.ReservedNames;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.JdbcNamespaces;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.NamespacesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The namespaces of a file, which are put into the catalog when the node starts. */
public final class DeclaredNamespaces {

    private DeclaredNamespaces() {}

    /** Whether the name means something else, in paths or in the log. */
    static boolean isReserved(Namespace name) {
        return ReservedNames.NAMESPACES.contains(name.value())
                || name.equals(JdbcNamespaces.ANNOUNCED_AS);
    }

    /**
     * Reads the file.
     *
     * @param file null for none
     * @throws IllegalStateException with the mend, when it cannot be read or declares a reserved
     *     name
     */
    public static List<NamespaceConfig> read(@Nullable Path file) {
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
            if (isReserved(config.name())) {
                throw new IllegalStateException(
                        "%s: a namespace cannot be called '%s', which is kept for other uses: choose another name"
                                .formatted(file, config.name()));
            }
        }
        return declared;
    }
}
