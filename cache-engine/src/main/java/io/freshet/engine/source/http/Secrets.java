package io.freshet.engine.source.http;

import io.freshet.engine.source.InvalidSourceException;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that sources send and nobody is shown, by the names under which namespaces refer to them.
 */
public final class Secrets {

    /** No secrets. */
    public static final Secrets NONE = new Secrets(Map.of());

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([^}]*)}");

    private final Map<String, String> values;

    public Secrets(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * A text in which each <code>${secret:name}</code> is replaced by what it stands for.
     *
     * @throws InvalidSourceException when a name is not known
     */
    String resolve(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference -> Matcher.quoteReplacement(value(reference.group(1))));
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new InvalidSourceException(
                    ("source.headers: there is no secret '%s', there are %s: whoever runs Freshet adds"
                                    + " it as freshet.http-sources.secrets.%s")
                            .formatted(name, new TreeSet<>(values.keySet()), name));
        }
        return value;
    }

    /** Their names. */
    @Override
    public String toString() {
        return "Secrets" + new TreeSet<>(values.keySet());
    }
}
