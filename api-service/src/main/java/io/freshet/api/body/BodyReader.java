package io.freshet.api.body;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;
import static io.freshet.api.problem.ProblemCode.MALFORMED_JSON;
import static io.freshet.api.problem.ProblemCode.MISSING_FIELD;
import static io.freshet.api.problem.ProblemCode.UNKNOWN_FIELD;

import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A request body, one JSON object, that is read field by field and strictly: unknown and doubled
 * fields, trailing text and invalid UTF-8 are refused, by name and place. A field that is null is
 * as good as left out, since generated clients send all that they know.
 *
 * <p>It stands at the value of one field at a time; whoever is called for the field reads that
 * value with exactly one method. Every method throws {@link ProblemException} when the body is
 * otherwise. Not thread-safe.
 */
public final class BodyReader {

    /** Reads one field of an object. */
    @FunctionalInterface
    public interface FieldReader {

        /** Reads the value, or refuses the field with {@link BodyReader#unknown}. */
        void read(String field, BodyReader in);
    }

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final byte[] body;
    private final JsonParser parser;
    private String path = "";

    private BodyReader(byte[] body) {
        this.body = body;
        this.parser = JSON.createParser(ObjectReadContext.empty(), body, 0, body.length);
    }

    /** Reads the whole body, whose fields may be null. */
    public static void read(byte[] body, FieldReader fields) {
        readAll(body, unlessNull(fields));
    }

    /** Reads the whole body; whoever is called for a field is called for a null too. */
    public static void readAll(byte[] body, FieldReader fields) {
        requireUtf8(body);
        try {
            var in = new BodyReader(body);
            try (in.parser) {
                if (in.parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new ProblemException(MALFORMED_JSON, "the body must be a JSON object");
                }
                in.fields("", fields);
                if (in.parser.nextToken() != null) {
                    throw new ProblemException(
                            MALFORMED_JSON, "something follows the JSON object" + in.place());
                }
            }
        } catch (JacksonException e) {
            throw new ProblemException(MALFORMED_JSON, malformed(e));
        }
    }

    /** Refuses the present field. */
    public ProblemException unknown() {
        return new ProblemException(UNKNOWN_FIELD, "unknown field '" + path + "'");
    }

    /** Refuses the value of the present field. */
    public ProblemException illegal(ProblemCode code, String rule) {
        return new ProblemException(code, "'" + path + "' " + rule);
    }

    /** Names the field that is not there. */
    public static ProblemException missing(String field) {
        return new ProblemException(MISSING_FIELD, "field '" + field + "' is missing");
    }

    /** Where it stands, such as {@code entries[3].ttl}. */
    public String path() {
        return path;
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Whether it is an array or an object in which nothing is. */
    public boolean isEmpty() {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.START_ARRAY && token != JsonToken.START_OBJECT) {
            return false;
        }
        int at = offset(parser.currentTokenLocation().getByteOffset()) + 1;
        while (at < body.length && Character.isWhitespace(body[at])) {
            at++;
        }
        return at < body.length && (body[at] == ']' || body[at] == '}');
    }

    /** Passes by the value. */
    public void skip() {
        parser.skipChildren();
    }

    /** Any value, as the bytes that it was written with. */
    public byte[] slice() {
        int from = offset(parser.currentTokenLocation().getByteOffset());
        parser.skipChildren();
        parser.finishToken();
        int to = offset(parser.currentLocation().getByteOffset());
        return Arrays.copyOfRange(body, from, to);
    }

    public String text() {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw illegal(ILLEGAL_VALUE, "must be a string");
        }
        return parser.getString();
    }

    /**
     * A whole number.
     *
     * @param code of the problem when it is none, or does not fit
     */
    public long wholeNumber(ProblemCode code) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw illegal(code, "must be a whole number");
        }
        if (parser.getNumberType() == NumberType.BIG_INTEGER) {
            throw illegal(code, "has too many digits");
        }
        return parser.getLongValue();
    }

    public boolean bool() {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw illegal(ILLEGAL_VALUE, "must be true or false");
        };
    }

    /** An array of strings. */
    public List<String> texts() {
        var texts = new ArrayList<String>();
        elements("strings", () -> texts.add(text()));
        return texts;
    }

    /** An array of any values, each as the bytes that it was written with. */
    public List<byte[]> slices() {
        var slices = new ArrayList<byte[]>();
        elements("values", () -> slices.add(slice()));
        return slices;
    }

    /** An object, field by field, which may be null. */
    public void object(FieldReader fields) {
        members(unlessNull(fields));
    }

    /** An object, field by field, with those that are null. */
    public void members(FieldReader fields) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw illegal(ILLEGAL_VALUE, "must be an object");
        }
        fields(path + ".", fields);
    }

    /** An array of objects, as {@link #members}; {@code begin} is called before each. */
    public void objects(Runnable begin, FieldReader fields) {
        elements(
                "objects",
                () -> {
                    begin.run();
                    members(fields);
                });
    }

    private static FieldReader unlessNull(FieldReader fields) {
        return (field, in) -> {
            if (!in.isNull()) {
                fields.read(field, in);
            }
        };
    }

    private void elements(String what, Runnable element) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw illegal(ILLEGAL_VALUE, "must be an array of " + what);
        }
        String array = path;
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            path = array + "[" + i + "]";
            element.run();
        }
        path = array;
    }

    private void fields(String prefix, FieldReader fields) {
        String object = path;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            path = prefix + field;
            parser.nextToken();
            fields.read(field, this);
        }
        path = object;
    }

    private int offset(long offset) {
        if (offset < 0) {
            throw new ProblemException(MALFORMED_JSON, "the body must be UTF-8");
        }
        return Math.toIntExact(offset);
    }

    private String place() {
        var location = parser.currentTokenLocation();
        return " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String malformed(JacksonException e) {
        var location = e.getLocation();
        String place =
                location == null
                        ? ""
                        : " (line %d, column %d)"
                                .formatted(location.getLineNr(), location.getColumnNr());
        return e.getOriginalMessage() + place;
    }

    private static void requireUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException _) {
            throw Problem.of(MALFORMED_JSON, "the body must be UTF-8").toException();
        }
    }
}
