package io.freshet.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/options.md}, as the compiled configuration records of the services describe it. */
final class OptionsPage {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String METADATA =
            "target/classes/META-INF/spring-configuration-metadata.json";
    private static final String HEAD =
            """
            # Options

            Every option of every service, made from the records that read them. Give one as a property
            (`--freshet.api.max-batch=1000`), in a file (`application.yaml`), or in the environment
            (`FRESHET_API_MAX_BATCH=1000`); a command line wins over the environment, which wins over a file. An
            option that is wrong ends the start with a message that says how to mend it. What namespaces may say is
            in [namespaces.md](namespaces.md), what rules of change capture may say in [cdc.md](cdc.md).

            | option | of | type | default | |
            | --- | --- | --- | --- | --- |
            """;

    private record Option(String name, String type, String value, String description)
            implements Comparable<Option> {

        @Override
        public int compareTo(Option other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : toString().compareTo(other.toString());
        }
    }

    private OptionsPage() {}

    /**
     * The page's text.
     *
     * @param shared modules with options of several services, and which
     */
    static String of(Path root, List<String> services, Map<String, List<String>> shared)
            throws IOException {
        Map<Option, TreeSet<String>> options = new TreeMap<>();
        Map<String, List<String>> modules = new TreeMap<>(shared);
        services.forEach(service -> modules.put(service, List.of(service)));
        for (var module : modules.entrySet()) {
            for (Option option : read(root.resolve(module.getKey()))) {
                options.computeIfAbsent(option, _ -> new TreeSet<>()).addAll(module.getValue());
            }
        }
        var page = new StringBuilder(HEAD);
        options.forEach((option, of) -> page.append(row(option, String.join(", ", of))));
        return page.toString();
    }

    private static List<Option> read(Path module) throws IOException {
        JsonNode metadata = JSON.readTree(Files.readString(module.resolve(METADATA)));
        return metadata.get("properties").valueStream().map(OptionsPage::option).toList();
    }

    private static Option option(JsonNode property) {
        String type = property.path("type").asString();
        return new Option(
                property.get("name").asString(),
                type.replaceAll("(?:[a-z]+\\.)+", "").replaceAll("\\w+\\$", ""),
                value(property.path("defaultValue")),
                property.path("description").asString(""));
    }

    private static String value(JsonNode value) {
        return value.isArray()
                ? String.join(",", value.valueStream().map(JsonNode::asString).toList())
                : value.asString("");
    }

    private static String row(Option option, String services) {
        return "| `%s` | %s | %s | %s | %s |%n"
                .formatted(
                        option.name,
                        services,
                        option.type.replace("<", "&lt;"),
                        option.value.isEmpty() ? "none" : "`" + option.value + "`",
                        option.description
                                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                                .replace("|", "\\|"));
    }
}
