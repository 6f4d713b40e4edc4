package io.freshet.api.structure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.api.json.JsonWriter;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Found;
import io.freshet.engine.structure.Question;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers about structures; elements go in as the bytes they are. */
final class StructureDocuments {

    private StructureDocuments() {}

    static JsonWriter changed(Change change, Changed.Done done) {
        var json = new JsonWriter().beginObject();
        return switch (change) {
            case Change.Push _, Change.Add _, Change.Remove _, Change.Put _, Change.Drop _ ->
                    length(json.name("count").value(done.count()), done.length()).endObject();
            case Change.Pop _ ->
                    length(values(json.name("values"), done.elements()), done.length()).endObject();
            case Change.IncrementField _ ->
                    length(number(json.name("value"), done.elements()), done.length()).endObject();
            case Change.Increment _ -> number(json.name("value"), done.elements()).endObject();
        };
    }

    /**
     * What was found.
     *
     * @param now milliseconds since 1970
     */
    static JsonWriter found(Question question, Found.Part part, long now) {
        var json = new JsonWriter().beginObject();
        switch (question) {
            case Question.Range _ -> {
                values(json.name("values"), part.elements());
                Long next = part.next();
                json.name("next");
                length(next == null ? json.nothing() : json.value(next), part.length());
            }
            case Question.Page page -> {
                page(json, page, part.elements());
                Long next = part.next();
                json.name("cursor");
                length(
                        next == null ? json.nothing() : json.plain(Long.toUnsignedString(next)),
                        part.length());
            }
            case Question.These these -> {
                these(json, these, part.elements());
                length(json, part.length());
            }
            case Question.Value() -> number(json.name("value"), part.elements());
        }
        long left = part.header().softExpiry().toEpochMilli() - now;
        return json.name("ttl_remaining")
                .value(Math.ceilDiv(Math.max(0, left), 1_000L))
                .endObject();
    }

    private static void page(
            JsonWriter json, Question.Page page, List<byte @Nullable []> elements) {
        if (page.kind() == Kind.SET) {
            Set<String> members = new LinkedHashSet<>();
            elements.forEach(member -> members.add(text(member)));
            json.name("members").values(members);
            return;
        }
        Map<String, byte @Nullable []> fields = new LinkedHashMap<>();
        for (int i = 0; i < elements.size(); i += 2) {
            fields.put(text(elements.get(i)), elements.get(i + 1));
        }
        fields(json, fields);
    }

    private static void these(
            JsonWriter json, Question.These these, List<byte @Nullable []> elements) {
        Map<String, byte @Nullable []> found = new LinkedHashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            found.put(these.names().get(i), elements.get(i));
        }
        if (these.kind() == Kind.HASH) {
            fields(json, found);
            return;
        }
        json.name("contains").beginObject();
        found.forEach((member, isThere) -> json.name(member).value(isThere != null));
        json.endObject();
    }

    private static void fields(JsonWriter json, Map<String, byte @Nullable []> fields) {
        json.name("fields").beginObject();
        fields.forEach((field, value) -> {
            if (value != null) {
                json.name(field).raw(value);
            }
        });
        json.endObject();
    }

    private static JsonWriter values(JsonWriter json, List<? extends byte @Nullable []> elements) {
        json.beginArray();
        for (byte[] element : elements) {
            if (element != null) {
                json.raw(element);
            }
        }
        return json.endArray();
    }

    private static JsonWriter number(JsonWriter json, List<? extends byte @Nullable []> elements) {
        byte[] number = elements.getFirst();
        return number == null ? json.nothing() : json.raw(number);
    }

    private static JsonWriter length(JsonWriter json, long length) {
        return json.name("length").value(length);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }
}
