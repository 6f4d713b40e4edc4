package io.freshet.engine.source.http;

import io.freshet.contracts.id.IllegalIdentifierException;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.source.RowTags;
import io.freshet.engine.source.SourceException;
import io.freshet.engine.source.SourceException.Reason;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a server said about a key.
 *
 * @param contentType null when it named none
 * @param surrogateKey tags, separated by spaces; null when it named none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(
        int status, @Nullable String contentType, @Nullable String surrogateKey, byte[] body) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int MAX_CONTENT_TYPE = 255;
    private static final int MAX_TAGS = 128;

    /**
     * What it means.
     *
     * @param origin for people
     * @throws SourceException when it is neither a value nor the absence of one
     */
    Loaded toLoaded(Origin origin, RowTags templates) {
        return switch (status) {
            case 200 -> value(origin, templates);
            case 404, 410 -> new Loaded.Absent();
            case 400, 414, 422 ->
                    throw new SourceException(
                            Reason.REJECTED,
                            "%s refuses the key with status %d".formatted(origin, status),
                            null);
            case 301, 302, 303, 307, 308 ->
                    throw new SourceException(
                            Reason.UNAVAILABLE,
                            "%s answers with a redirect, which is not followed".formatted(origin),
                            null);
            default ->
                    throw new SourceException(
                            Reason.UNAVAILABLE,
                            "%s answers with status %d".formatted(origin, status),
                            null);
        };
    }

    private Loaded value(Origin origin, RowTags templates) {
        String type = type();
        if (type.equals(EntryHeader.JSON)) {
            requireJson(origin);
        }
        Set<Tag> tags = new HashSet<>(templates.of(body));
        if (surrogateKey != null) {
            SPACES.splitAsStream(surrogateKey.strip())
                    .filter(each -> !each.isEmpty())
                    .map(Answer::tag)
                    .forEach(tags::add);
        }
        if (tags.size() > MAX_TAGS) {
            throw new SourceException(
                    Reason.REJECTED, "the answer has more than %d tags".formatted(MAX_TAGS), null);
        }
        return new Loaded.Value(body, type, tags);
    }

    /** JSON is UTF-8, whatever parameter stands behind it. */
    private String type() {
        if (contentType == null
                || contentType.isBlank()
                || contentType.length() > MAX_CONTENT_TYPE) {
            return UNKNOWN_TYPE;
        }
        String type = contentType.strip();
        int parameters = type.indexOf(';');
        String name = (parameters < 0 ? type : type.substring(0, parameters)).strip();
        return name.toLowerCase(Locale.ROOT).equals(EntryHeader.JSON) ? EntryHeader.JSON : type;
    }

    private void requireJson(Origin origin) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() == null) {
                throw malformed(origin, "it is empty", null);
            }
            json.skipChildren();
            if (json.nextToken() != null) {
                throw malformed(origin, "something follows the value", null);
            }
        } catch (JacksonException e) {
            throw malformed(origin, e.getOriginalMessage(), e);
        }
    }

    private static SourceException malformed(Origin origin, String why, @Nullable Throwable cause) {
        return new SourceException(
                Reason.UNAVAILABLE,
                "%s answers JSON that is none: %s".formatted(origin, why),
                cause);
    }

    private static Tag tag(String text) {
        try {
            return new Tag(text);
        } catch (IllegalIdentifierException e) {
            throw new SourceException(
                    Reason.REJECTED,
                    "the tag in the answer's Surrogate-Key is not legal: " + e.getMessage(),
                    e);
        }
    }
}
