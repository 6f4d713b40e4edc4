package io.freshet.engine.namespace;

import io.freshet.contracts.id.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The declarative form of the catalog, in YAML; {@code docs/namespaces.md} describes it.
 *
 * <p>Strict: what it does not know it refuses, with a message that names the file, the namespace,
 * the field and the mend.
 */
public final class NamespacesFile {

    private static final long VERSION = 1;

    private NamespacesFile() {}

    /**
     * Reads a file.
     *
     * @throws NamespacesFileException when it says something that is not allowed
     */
    public static List<NamespaceConfig> read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /**
     * Reads the text of a file.
     *
     * @param name of the file, for messages
     * @throws NamespacesFileException when it says something that is not allowed
     */
    public static List<NamespaceConfig> parse(String name, String yaml) {
        YamlFields file = YamlFields.parse(name, yaml);
        long version = file.number("version");
        if (version != VERSION) {
            throw file.refuse("version", "must be 1, the only one there is, not " + version);
        }
        List<NamespaceConfig> configs = new ArrayList<>();
        Set<Namespace> names = new HashSet<>();
        for (YamlFields entry : file.objects("namespaces")) {
            NamespaceConfig config = readNamespace(entry);
            if (!names.add(config.name())) {
                throw file.refuse("namespaces", "holds '" + config.name() + "' twice: join them");
            }
            configs.add(config);
        }
        file.refuseOthers();
        return configs;
    }

    private static NamespaceConfig readNamespace(YamlFields anonymous) {
        YamlFields in = anonymous.named("namespace '" + anonymous.text("name") + "'");
        Namespace name = in.parsed("name", Namespace::new);
        var config =
                new NamespaceConfig(
                        name,
                        in.parsedOr(
                                "default-ttl", NamespaceConfig.DEFAULT_TTL, NamespacesFile::ttl),
                        in.parsedOr(
                                "max-staleness",
                                NamespaceConfig.DEFAULT_MAX_STALENESS,
                                NamespacesFile::positive),
                        in.oneOfOr("on-stale", NamespaceConfig.DEFAULT_ON_STALE, StalePolicy.class),
                        in.parsedOr(
                                "max-value-size",
                                NamespaceConfig.DEFAULT_MAX_VALUE_BYTES,
                                NamespacesFile::size),
                        in.flagOr("put-without-token", false),
                        readSource(in.object("source")));
        in.refuseOthers();
        return config;
    }

    private static @Nullable SourceConfig readSource(@Nullable YamlFields in) {
        if (in == null) {
            return null;
        }
        String sql = in.parsed("sql", NamespacesFile::query);
        var source =
                new SourceConfig(
                        in.parsedOr(
                                "database",
                                SourceConfig.DEFAULT_DATABASE,
                                NamespacesFile::notBlank),
                        sql,
                        in.parsedOr(
                                "timeout", SourceConfig.DEFAULT_TIMEOUT, NamespacesFile::positive),
                        in.texts("tags", NamespacesFile::template));
        in.refuseOthers();
        return source;
    }

    private static Duration ttl(String text) {
        Duration ttl = positive(text);
        if (ttl.toMillisPart() != 0) {
            throw new IllegalArgumentException("must be whole seconds, such as 30s or 1h");
        }
        return ttl;
    }

    private static Duration positive(String text) {
        Duration duration = DurationText.parse(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("must be more than zero");
        }
        return duration;
    }

    private static long size(String text) {
        long size = SizeText.parse(text);
        if (size == 0) {
            throw new IllegalArgumentException("must be more than zero");
        }
        return size;
    }

    private static String query(String sql) {
        if (!sql.contains(":key")) {
            throw new IllegalArgumentException(
                    "must use the parameter :key, such as WHERE id = CAST(:key AS bigint)");
        }
        return sql.strip();
    }

    private static String notBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return text;
    }

    private static String template(String text) {
        return TagTemplate.parse(text).toString();
    }
}
