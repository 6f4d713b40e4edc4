package io.freshet.engine.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.EntryKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;

/**
 * A URL with <code>{key}</code> in its path or query. The key is percent-encoded as a whole, so
 * that it cannot leave its place.
 */
final class UrlTemplate {

    private static final String KEY = "{key}";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String template;
    private final Origin origin;

    private UrlTemplate(String template, Origin origin) {
        this.template = template;
        this.origin = origin;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    static UrlTemplate parse(String template) {
        URI example;
        try {
            example = new URI(template.replace(KEY, "key"));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "source.url is no URL: %s; only {key} may stand in braces"
                            .formatted(e.getReason()),
                    e);
        }
        int path = template.indexOf('/', template.indexOf("//") + 2);
        int key = template.indexOf(KEY);
        if (path < 0 || key < path) {
            throw new IllegalArgumentException(
                    "source.url must have {key} in its path or query: the host is fixed");
        }
        if (example.getRawFragment() != null) {
            throw new IllegalArgumentException("source.url must not have a fragment: remove '#'");
        }
        return new UrlTemplate(template, Origin.of(example));
    }

    Origin origin() {
        return origin;
    }

    /** The URL of a key. */
    String of(EntryKey key) {
        return template.replace(KEY, encode(key.value()));
    }

    /** Whether a server would take the key for a step in the path. */
    static boolean isStep(EntryKey key) {
        return key.value().equals(".") || key.value().equals("..");
    }

    private static String encode(String key) {
        var out = new StringBuilder(key.length() + 16);
        for (byte each : key.getBytes(UTF_8)) {
            if (isUnreserved(each)) {
                out.append((char) each);
            } else {
                out.append('%').append(HEX.toHexDigits(each));
            }
        }
        return out.toString();
    }

    private static boolean isUnreserved(byte c) {
        boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        boolean isDigit = c >= '0' && c <= '9';
        return isLetter || isDigit || c == '-' || c == '.' || c == '_' || c == '~';
    }
}
