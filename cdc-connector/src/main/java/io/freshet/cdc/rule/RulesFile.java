package io.freshet.cdc.rule;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Rules as YAML, format version 1. Strict: an unknown field, a duplicate name or a bad template is
 * refused with a message that names the rule and the mend.
 */
public final class RulesFile {

    private static final int VERSION = 1;

    private static final YAMLMapper YAML =
            YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private RulesFile() {}

    /**
     * Reads a file.
     *
     * @throws InvalidRulesException when it is not there or its rules cannot be used
     */
    public static Rules read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (InvalidRulesException e) {
            throw new InvalidRulesException(file + ": " + e.getMessage());
        } catch (NoSuchFileException _) {
            throw new InvalidRulesException(
                    "there is no rules file " + file + ": set freshet.cdc.rules to its path");
        } catch (IOException e) {
            throw new InvalidRulesException("cannot read the rules file " + file + ": " + e);
        }
    }

    /**
     * Reads rules.
     *
     * @throws InvalidRulesException when they cannot be used
     */
    public static Rules parse(String yaml) {
        YamlObject file = root(yaml);
        int version = file.number("version");
        if (version != VERSION) {
            throw file.problem(
                    "version %d is not known here: write version: %d".formatted(version, VERSION));
        }
        var rules = new ArrayList<Rule>();
        for (YamlObject rule : file.objects("rules", "rule")) {
            rules.add(rule(rule));
        }
        file.refuseUnknownFields();
        if (rules.isEmpty()) {
            throw file.problem("'rules' is empty: there is nothing to capture");
        }
        try {
            return new Rules(rules);
        } catch (IllegalArgumentException e) {
            throw file.problem(String.valueOf(e.getMessage()));
        }
    }

    private static YamlObject root(String yaml) {
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JacksonException e) {
            throw new InvalidRulesException("not YAML: " + e.getOriginalMessage());
        }
        if (root instanceof ObjectNode object) {
            return new YamlObject(object, "");
        }
        throw new InvalidRulesException("must begin with 'version: " + VERSION + "' and 'rules:'");
    }

    private static Rule rule(YamlObject yaml) {
        String name = yaml.text("name");
        yaml.call("rule '" + name + "'");
        TableName table = yaml.parsed("table", TableName::parse);
        List<String> columns = yaml.list("columns", SqlName::parse);
        Set<Operation> operations = operations(yaml);
        Namespace namespace = yaml.parsed("namespace", Namespace::new);
        List<Template> keys = yaml.list("keys", Template::parse);
        List<Template> tags = yaml.list("tags", Template::parse);
        List<Template> patterns = yaml.list("patterns", Template::parse);
        Mode mode = mode(yaml);
        When when = yaml.optional("when", When::parse);
        try {
            Strategy strategy = strategy(yaml, columns, tags);
            boolean writing = strategy instanceof Strategy.Write;
            yaml.refuseUnknownFields();
            return new Rule(
                    name,
                    table,
                    new Trigger(writing ? Set.of() : Set.copyOf(columns), operations, when),
                    new Targets(namespace, keys, writing ? List.of() : tags, patterns),
                    mode,
                    strategy);
        } catch (IllegalArgumentException e) {
            throw yaml.problem(String.valueOf(e.getMessage()));
        }
    }

    private static Set<Operation> operations(YamlObject yaml) {
        List<Operation> listed = yaml.list("operations", RulesFile::operation);
        if (!yaml.has("operations")) {
            return EnumSet.allOf(Operation.class);
        }
        return Set.copyOf(listed);
    }

    private static Operation operation(String text) {
        for (Operation operation : Operation.values()) {
            if (operation.name().toLowerCase(Locale.ROOT).equals(text)) {
                return operation;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is none of insert, update, delete, truncate");
    }

    /**
     * What becomes of the entries.
     *
     * @param columns of the value, and {@code tags} of the entry, if the row is written
     */
    private static Strategy strategy(YamlObject yaml, List<String> columns, List<Template> tags) {
        String text = yaml.optionalText("strategy");
        return switch (text) {
            case null -> Strategy.INVALIDATE;
            case "invalidate" -> Strategy.INVALIDATE;
            case "refresh" -> Strategy.REFRESH;
            case "write" -> new Strategy.Write(columns, tags);
            default ->
                    throw yaml.problem(
                            "'strategy' must be invalidate, refresh or write, not '" + text + "'");
        };
    }

    private static Mode mode(YamlObject yaml) {
        String text = yaml.optionalText("mode");
        return switch (text) {
            case null -> Mode.HARD;
            case "hard" -> Mode.HARD;
            case "soft" -> Mode.SOFT;
            default -> throw yaml.problem("'mode' must be hard or soft, not '" + text + "'");
        };
    }
}
