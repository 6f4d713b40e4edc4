package io.freshet.api.http;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;
import static io.freshet.api.problem.ProblemCode.UNKNOWN_FIELD;

import io.freshet.api.problem.ProblemException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters behind the {@code ?}, decoded strictly; {@code +} is a space. Unknown ones are
 * refused by name: a mistyped {@code ?patern=} must not flush a namespace.
 */
public final class Query {

    private record Parameter(String name, String value) {}

    private static final Query EMPTY = new Query(List.of());

    private final List<Parameter> parameters;

    private Query(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    public static Query of(URI uri, Set<String> known) {
        String raw = uri.getRawQuery();
        if (raw == null || raw.isEmpty()) {
            return EMPTY;
        }
        var parameters = new ArrayList<Parameter>();
        for (String part : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals));
            if (!known.contains(name)) {
                throw new ProblemException(UNKNOWN_FIELD, "unknown query parameter '" + name + "'");
            }
            parameters.add(
                    new Parameter(name, equals < 0 ? "" : decode(part.substring(equals + 1))));
        }
        return new Query(parameters);
    }

    /** Whether a parameter is the first, before any is decoded. */
    public static boolean beginsWith(URI uri, String name) {
        String raw = uri.getRawQuery();
        return raw != null && raw.startsWith(name);
    }

    public boolean has(String name) {
        return parameters.stream().anyMatch(parameter -> parameter.name.equals(name));
    }

    /** The values of a parameter that may be repeated. */
    public List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name.equals(name))
                .map(Parameter::value)
                .toList();
    }

    /** The value of a parameter that may stand there once; null when it does not. */
    public @Nullable String one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new ProblemException(
                    ILLEGAL_VALUE, "query parameter '" + name + "' is there twice");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static String decode(String raw) {
        return PercentCoding.decode(raw.replace('+', ' '), ILLEGAL_VALUE);
    }
}
