package io.freshet.engine.namespace;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values of headers that nobody is shown: those whose name speaks of a secret, unless the value
 * only names one, as in <code>Bearer ${secret:prices}</code>.
 */
final class SecretHeaders {

    /** What stands in documents in place of a secret. */
    static final String SHOWN = "***";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String REFERENCE = "${secret:";
    private static final Pattern NAMES =
            Pattern.compile("auth|cookie|token|key|secret|passw|credential|signature");

    private SecretHeaders() {}

    /** Takes secrets out of the document of a source, if it has any. */
    static void hide(JsonNode source) {
        if (source.path("headers") instanceof ObjectNode headers) {
            for (String name : List.copyOf(headers.propertyNames())) {
                if (isSecret(name, headers.path(name).asString(""))) {
                    headers.put(name, SHOWN);
                }
            }
        }
    }

    /** A row of the catalog without secrets; one that cannot be read is shown as nothing. */
    static String hideInRow(String row) {
        try {
            JsonNode read = MAPPER.readTree(row);
            hide(read.path("source"));
            return read.toString();
        } catch (JacksonException _) {
            return "null";
        }
    }

    private static boolean isSecret(String name, String value) {
        return !value.contains(REFERENCE) && NAMES.matcher(name.toLowerCase(Locale.ROOT)).find();
    }
}
