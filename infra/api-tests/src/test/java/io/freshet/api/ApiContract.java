package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The OpenAPI document, against which every answer that the tests get is held: its status must be
 * foreseen and its JSON must be as the schema says. Thread-safe.
 */
public final class ApiContract {

    private static final String ID = "https://freshet.test/openapi.json";
    private static final List<String> PREFIXES = List.of("/api/v1/cache", "/api/cache");
    private static final ApiContract INSTANCE = new ApiContract();

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private ApiContract() {
        try (var yaml = ApiContract.class.getResourceAsStream("/openapi.yaml")) {
            document = new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        registry =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemas(Map.of(ID, document.toString())));
    }

    public static ApiContract ofThisBuild() {
        return INSTANCE;
    }

    public JsonNode document() {
        return document;
    }

    /** Every method and path that is described, such as {@code PUT /{namespace}/{key}}. */
    public Set<String> operations() {
        var operations = new TreeSet<String>();
        document.path("paths")
                .propertyStream()
                .forEach(path ->
                        path.getValue()
                                .propertyStream()
                                .filter(member -> member.getValue().has("operationId"))
                                .forEach(operation ->
                                        operations.add(
                                                operation.getKey().toUpperCase(Locale.ROOT)
                                                        + " "
                                                        + path.getKey())));
        return operations;
    }

    /**
     * Requires that the answer is as the document says; what it does not describe is not judged.
     */
    public void require(String method, String path, HttpAnswer answer) {
        String type = answer.header("Content-Type");
        if (answer.bytes().length == 0 || !type.contains("json")) {
            return;
        }
        if (type.equals("application/problem+json")) {
            requireSchema("/components/schemas/Problem", answer);
            return;
        }
        templateOf(path)
                .ifPresent(template -> {
                    String pointer =
                            "/paths/" + escaped(template) + "/" + lower(method) + "/responses/";
                    JsonNode response = document.at(pointer + answer.status());
                    if (document.at("/paths/" + escaped(template) + "/" + lower(method))
                            .isMissingNode()) {
                        return;
                    }
                    assertThat(response.isMissingNode())
                            .as(
                                    "%s %s answers %d, which openapi.yaml does not foresee",
                                    method, path, answer.status())
                            .isFalse();
                    String ref = response.path("$ref").asString("");
                    String at = ref.isEmpty() ? pointer + answer.status() : ref.substring(1);
                    if (!document.at(at + "/content/application~1json").isMissingNode()
                            && !path.contains("raw")) {
                        requireSchema(at + "/content/application~1json/schema", answer);
                    }
                });
    }

    private void requireSchema(String pointer, HttpAnswer answer) {
        Schema schema =
                schemas.computeIfAbsent(
                        pointer, at -> registry.getSchema(SchemaLocation.of(ID + "#" + at)));
        assertThat(schema.validate(answer.text(), InputFormat.JSON))
                .as("openapi.yaml%s and %s", pointer, answer.text())
                .isEmpty();
    }

    private Optional<String> templateOf(String path) {
        String plain = path.split("\\?", 2)[0];
        return PREFIXES.stream()
                .filter(prefix -> plain.startsWith(prefix + "/"))
                .map(prefix -> List.of(plain.substring(prefix.length() + 1).split("/", -1)))
                .findFirst()
                .flatMap(this::templateOf);
    }

    private Optional<String> templateOf(List<String> segments) {
        return document.path("paths").propertyNames().stream()
                .filter(template -> matches(List.of(template.substring(1).split("/")), segments))
                .min(Comparator.comparingLong(ApiContract::variables));
    }

    private static boolean matches(List<String> template, List<String> segments) {
        if (template.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!template.get(i).startsWith("{") && !template.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static long variables(String template) {
        return template.chars().filter(c -> c == '{').count();
    }

    private static String escaped(String template) {
        return template.replace("~", "~0").replace("/", "~1");
    }

    private static String lower(String method) {
        return method.toLowerCase(Locale.ROOT);
    }
}
