package io.freshet.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What curl prints of some answers, without what differs each time: status lines, names of headers,
 * and documents with the kinds of their values. What is said of a failure is kept.
 *
 * @param problems how many documents tell of a failure
 */
record Printed(List<String> statuses, List<String> headers, List<String> shapes, long problems) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern HEAD =
            Pattern.compile(
                    "(HTTP/1\\.1 [^\\r\\n]*)\\r?\\n((?:[^\\r\\n:]+:[^\\r\\n]*\\r?\\n)*)\\r?\\n");
    private static final Pattern PROBLEM = Pattern.compile("\"type\":\"urn:freshet:problem:");

    /**
     * Reads what was printed.
     *
     * @param documents how many of its documents matter, if it is of any; behind them it may be
     *     anything
     */
    static Printed of(String text, int documents) {
        var statuses = new ArrayList<String>();
        var headers = new ArrayList<String>();
        for (MatchResult head : HEAD.matcher(text).results().toList()) {
            statuses.add(head.group(1).strip());
            head.group(2)
                    .lines()
                    .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
                    .forEach(headers::add);
        }
        String documentsOnly = HEAD.matcher(text).replaceAll("").strip();
        List<String> shapes =
                documents > 0 && documentsOnly.startsWith("{")
                        ? shapes(documentsOnly, documents)
                        : List.of();
        long problems = PROBLEM.matcher(text).results().count();
        return new Printed(statuses, headers, shapes, problems);
    }

    private static List<String> shapes(String text, int documents) {
        var shapes = new ArrayList<String>();
        try (MappingIterator<JsonNode> read = JSON.readerFor(JsonNode.class).readValues(text)) {
            while (shapes.size() < documents && read.hasNext()) {
                shapes.add(shape(read.next()));
            }
        }
        return shapes;
    }

    /** A document's fields in their order, with the kinds of values; a code as it is. */
    private static String shape(JsonNode node) {
        return switch (node) {
            case ObjectNode object ->
                    object.propertyStream()
                            .map(field ->
                                    field.getKey()
                                            + (field.getKey().equals("code")
                                                    ? "=" + field.getValue().asString()
                                                    : ":" + shape(field.getValue())))
                            .toList()
                            .toString();
            case ArrayNode array -> array.isEmpty() ? "none" : "list of " + shape(array.get(0));
            default -> node.getNodeType().toString();
        };
    }
}
