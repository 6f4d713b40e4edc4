package io.freshet.engine.namespace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A namespace as a JSON document: the fields of the YAML file, with {@code _} for {@code -}. What
 * is written can be read again.
 */
public final class NamespaceDocument {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private NamespaceDocument() {}

    /**
     * Reads a document.
     *
     * @param name of the namespace; the document may say the same one
     * @throws IllegalNamespaceException when it says something that is not allowed
     */
    public static NamespaceConfig read(Namespace name, byte[] json) {
        String where = "namespace '" + name + "'";
        Fields in = Fields.ofJson(object(where, parse(where, json)), where);
        Namespace named = in.parsedOr("name", name, Namespace::new);
        if (!named.equals(name)) {
            throw in.refuse("name", "must be '%s', as in the path".formatted(name));
        }
        return NamespaceFields.read(name, in);
    }

    /** The document of a namespace; whole, with what is so by default, and with its secrets. */
    public static byte[] write(NamespaceConfig config) {
        return MAPPER.writeValueAsBytes(document(config));
    }

    /** The same for people: values of headers that are secrets are left out. */
    public static byte[] show(NamespaceConfig config) {
        ObjectNode document = document(config);
        SecretHeaders.hide(document.path("source"));
        return MAPPER.writeValueAsBytes(document);
    }

    static @Nullable Refresh readRefresh(@Nullable String json) {
        return json == null ? null : NamespaceFields.readRefresh(fields("refresh", json));
    }

    static @Nullable SourceConfig readSource(@Nullable String json) {
        return json == null ? null : NamespaceFields.readSource(fields("source", json));
    }

    static List<EntryClass> readClasses(String json) {
        ObjectNode holder = JsonNodeFactory.instance.objectNode();
        holder.set("classes", parse("classes", json.getBytes(UTF_8)));
        return NamespaceFields.readClasses(Fields.ofJson(holder, "classes"));
    }

    static Warming readWarming(@Nullable String json) {
        return WarmingFields.read(json == null ? null : fields("warm", json));
    }

    static String write(Warming warming) {
        return WarmingFields.document(warming).toString();
    }

    static String write(Refresh refresh) {
        return document(refresh).toString();
    }

    static String write(SourceConfig source) {
        return document(source).toString();
    }

    static String write(List<EntryClass> classes) {
        return document(classes).toString();
    }

    private static Fields fields(String name, String json) {
        return Fields.ofJson(object(name, parse(name, json.getBytes(UTF_8))), name);
    }

    private static JsonNode parse(String where, byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalNamespaceException(where + ": " + problem(e));
        }
    }

    private static String problem(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null
                ? "nested too deeply"
                : "not JSON, or a field is there twice: line %d, column %d"
                        .formatted(location.getLineNr(), location.getColumnNr());
    }

    private static ObjectNode object(String where, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalNamespaceException(where + ": must be a JSON object");
    }

    private static ObjectNode document(NamespaceConfig config) {
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        to.put("name", config.name().value());
        to.put("default_ttl", DurationText.format(config.defaultTtl()));
        to.put("ttl_jitter", Percent.format(config.ttlJitter()));
        to.put("max_staleness", DurationText.format(config.maxStaleness()));
        to.put("on_stale", Fields.name(config.onStale()));
        to.put("max_entries", config.bounds().maxEntries());
        to.put("max_size", SizeText.format(config.bounds().maxBytes()));
        to.put("eviction", Fields.name(config.bounds().policy()));
        to.put("max_value_size", SizeText.format(config.maxValueBytes()));
        to.set("refresh", document(config.refresh()));
        to.put("write_policy", Fields.name(config.writePolicy()));
        to.put("put_without_token", config.putWithoutToken());
        SourceConfig source = config.source();
        to.set("source", source == null ? JsonNodeFactory.instance.nullNode() : document(source));
        to.set("classes", document(config.classes()));
        to.set("warm", WarmingFields.document(config.warming()));
        return to;
    }

    private static ObjectNode document(Refresh refresh) {
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        to.put("stale_while_revalidate", DurationText.format(refresh.staleWhileRevalidate()));
        to.put("stale_if_error", DurationText.format(refresh.staleIfError()));
        to.put("early", refresh.early());
        to.put("ahead", Percent.format(refresh.ahead()));
        to.put("negative_ttl", DurationText.format(refresh.negativeTtl()));
        to.put("lease", DurationText.format(refresh.lease()));
        return to;
    }

    private static ObjectNode document(SourceConfig source) {
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        switch (source) {
            case SqlSourceConfig sql -> {
                to.put("database", sql.database());
                to.put("sql", sql.sql());
                putUnlessNull(to, "upsert", sql.upsert());
                putUnlessNull(to, "delete", sql.delete());
            }
            case HttpSourceConfig http -> {
                to.put("url", http.url());
                ObjectNode headers = to.putObject("headers");
                http.headers().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(header -> headers.put(header.getKey(), header.getValue()));
            }
        }
        to.put("timeout", DurationText.format(source.timeout()));
        ArrayNode tags = to.putArray("tags");
        source.tags().forEach(tags::add);
        return to;
    }

    private static ArrayNode document(List<EntryClass> classes) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (EntryClass one : classes) {
            ObjectNode to = all.addObject();
            to.put("name", one.name());
            to.put("keys", one.pattern().value());
            Duration ttl = one.ttl();
            putUnlessNull(to, "ttl", ttl == null ? null : DurationText.format(ttl));
            EvictionPolicy policy = one.policy();
            putUnlessNull(to, "eviction", policy == null ? null : Fields.name(policy));
            Refresh refresh = one.refresh();
            if (refresh != null) {
                to.set("refresh", document(refresh));
            }
        }
        return all;
    }

    private static void putUnlessNull(ObjectNode to, String field, @Nullable String value) {
        if (value != null) {
            to.put(field, value);
        }
    }
}
