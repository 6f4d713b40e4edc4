package io.freshet.cdc.position;

import io.freshet.cdc.database.ServerIdentity;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.util.HashSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Positions as JSON, schema 1. Read by this connector only, so reading is lenient. */
final class PositionJson {

    private static final int SCHEMA = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private PositionJson() {}

    static byte[] encode(CapturePosition position) {
        ObjectNode out =
                JSON.createObjectNode()
                        .put("schema", SCHEMA)
                        .put("system", position.server().system())
                        .put("timeline", position.server().timeline())
                        .put("database", position.server().database())
                        .put("slot", position.slot())
                        .put("lsn", position.lsn().toString());
        ObjectNode rules = out.putObject("rules");
        position.rules().forEach((namespace, print) -> rules.put(namespace.value(), print));
        ArrayNode called = out.putArray("called");
        position.called().stream().sorted().map(Namespace::value).forEach(called::add);
        if (position.doubt() != null) {
            out.put("doubt", position.doubt());
        }
        return JSON.writeValueAsBytes(out);
    }

    /** Null when the bytes are no position of this schema: as good as none. */
    static @Nullable CapturePosition decode(byte[] bytes) {
        try {
            JsonNode in = JSON.readTree(bytes);
            if (in.path("schema").asInt(0) != SCHEMA) {
                return null;
            }
            var rules = new TreeMap<Namespace, String>();
            for (var rule : in.path("rules").properties()) {
                rules.put(new Namespace(rule.getKey()), rule.getValue().stringValue());
            }
            var called = new HashSet<Namespace>();
            for (JsonNode namespace : in.path("called")) {
                called.add(new Namespace(namespace.stringValue()));
            }
            return new CapturePosition(
                    new ServerIdentity(
                            in.path("system").stringValue(),
                            in.path("timeline").intValue(),
                            in.path("database").stringValue()),
                    in.path("slot").stringValue(),
                    Lsn.parse(in.path("lsn").stringValue()),
                    rules,
                    called,
                    in.path("doubt").stringValue(null));
        } catch (JacksonException | IllegalArgumentException _) {
            return null;
        }
    }
}
