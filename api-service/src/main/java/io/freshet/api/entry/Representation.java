package io.freshet.api.entry;

import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.engine.entry.EntryHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** How a value is shown. */
enum Representation {
    /** A JSON document that holds the value, and metadata beside it. */
    ENVELOPE,
    /** The value's bytes, with their own content type. */
    RAW;

    private static final MediaType JSON = MediaType.APPLICATION_JSON;

    /**
     * What a caller gets: JSON values in an envelope, unless the caller does not accept JSON; other
     * values as they are, since an envelope cannot hold them.
     *
     * @param accept the header {@code Accept}; null when there is none
     * @throws ProblemException {@code not-acceptable} for a value that is no JSON when only JSON is
     *     accepted
     */
    static Representation of(String contentType, @Nullable String accept) {
        boolean isJson = contentType.equals(EntryHeader.JSON);
        if (accept == null || accept.isEmpty() || accept.equals("*/*")) {
            return isJson ? ENVELOPE : RAW;
        }
        List<MediaType> accepted = accepted(accept);
        if (isJson) {
            return accepts(accepted, JSON) ? ENVELOPE : RAW;
        }
        if (accepts(accepted, JSON) && !accepts(accepted, MediaType.parseMediaType(contentType))) {
            throw new ProblemException(
                    ProblemCode.NOT_ACCEPTABLE,
                    "the value is " + contentType + ": accept that, or ask with ?raw");
        }
        return RAW;
    }

    private static List<MediaType> accepted(String accept) {
        try {
            return MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException e) {
            throw new ProblemException(ProblemCode.NOT_ACCEPTABLE, "Accept: " + e.getMessage());
        }
    }

    private static boolean accepts(List<MediaType> accepted, MediaType type) {
        return accepted.stream()
                .anyMatch(range -> range.getQualityValue() > 0 && range.includes(type));
    }
}
