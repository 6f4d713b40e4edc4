package io.freshet.engine.namespace;

import io.freshet.contracts.id.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The declarative form of the catalog, in YAML; {@code docs/namespaces.md} describes it. */
public final class NamespacesFile {

    private static final long VERSION = 1;

    private NamespacesFile() {}

    /**
     * Reads a file.
     *
     * @throws IllegalNamespaceException when it says something that is not allowed
     */
    public static List<NamespaceConfig> read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /**
     * Reads the text of a file.
     *
     * @param name of the file, for messages
     * @throws IllegalNamespaceException when it says something that is not allowed
     */
    public static List<NamespaceConfig> parse(String name, String yaml) {
        Fields file = Fields.parse(name, yaml);
        long version = file.number("version");
        if (version != VERSION) {
            throw file.refuse("version", "must be 1, the only one there is, not " + version);
        }
        List<NamespaceConfig> configs = new ArrayList<>();
        Set<Namespace> names = new HashSet<>();
        for (Fields anonymous : file.objects("namespaces")) {
            Fields in = anonymous.named("namespace '" + anonymous.text("name") + "'");
            NamespaceConfig config = NamespaceFields.read(in.parsed("name", Namespace::new), in);
            if (!names.add(config.name())) {
                throw file.refuse("namespaces", "holds '" + config.name() + "' twice: join them");
            }
            configs.add(config);
        }
        file.refuseOthers();
        return configs;
    }
}
