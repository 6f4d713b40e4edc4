package io.freshet.api.http;

import io.freshet.api.problem.ProblemCode;
import io.freshet.contracts.id.EntryKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request's path below {@code /api/v1/cache} or {@code /api/cache}, cut into segments
 * and not yet decoded.
 */
public record ApiPath(List<String> segments) {

    /** The canonical prefix. */
    public static final String PREFIX = "/api/v1/cache";

    private static final String SHORT_PREFIX = "/api/cache";

    /** Reads a raw path; null when it is not below the API's prefix. */
    static @Nullable ApiPath of(String rawPath) {
        int from = endOfPrefix(rawPath);
        if (from < 0) {
            return null;
        }
        var segments = new ArrayList<String>(2);
        for (int slash = rawPath.indexOf('/', from);
                slash >= 0;
                slash = rawPath.indexOf('/', from)) {
            segments.add(rawPath.substring(from, slash));
            from = slash + 1;
        }
        segments.add(rawPath.substring(from));
        return new ApiPath(segments);
    }

    /** Whether it lies where a token is needed, known route or not. */
    static boolean isGuarded(String rawPath) {
        return rawPath.startsWith("/api/") || rawPath.equals("/api");
    }

    /** Whether it names an entry, and none of the resources that share the shape. */
    boolean isEntry() {
        return segments.size() == 2
                && !ReservedNames.NAMESPACES.contains(segments.getFirst())
                && !ReservedNames.KEYS.contains(segments.getLast());
    }

    /** The raw name of the namespace that it begins with. */
    public String namespace() {
        return segments.getFirst();
    }

    /** The key that an entry's path ends with. */
    public EntryKey key() {
        return new EntryKey(decoded(1, ProblemCode.ILLEGAL_KEY));
    }

    /** A segment, decoded. */
    public String decoded(int segment, ProblemCode code) {
        return PercentCoding.decode(segments.get(segment), code);
    }

    private static int endOfPrefix(String rawPath) {
        if (rawPath.startsWith(PREFIX + "/")) {
            return PREFIX.length() + 1;
        }
        return rawPath.startsWith(SHORT_PREFIX + "/") ? SHORT_PREFIX.length() + 1 : -1;
    }
}
