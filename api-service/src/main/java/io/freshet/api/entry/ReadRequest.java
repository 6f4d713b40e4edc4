package io.freshet.api.entry;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;

import io.freshet.api.http.FreshetHeaders;
import io.freshet.api.http.Query;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.engine.ReadOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What a GET or HEAD asks for, besides the key.
 *
 * @param raw whether the value's own bytes are wanted, whatever is accepted
 * @param leaseWait for how long a caller that loads by itself waits for another who does; null for
 *     one that does not
 * @param accept the header {@code Accept}, if any
 * @param ifNoneMatch the header of that name, if any
 */
public record ReadRequest(
        ReadOptions options,
        boolean raw,
        @Nullable Duration leaseWait,
        @Nullable String accept,
        @Nullable String ifNoneMatch) {

    private static final String LEASE = "lease";
    private static final String WAIT = "wait";
    private static final Set<String> PARAMETERS = Set.of("raw", LEASE, WAIT);
    private static final int MAX_WAIT_DIGITS = 5;

    static ReadRequest of(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        Query query =
                request.getURI().getRawQuery() == null
                        ? null
                        : Query.of(request.getURI(), PARAMETERS);
        return new ReadRequest(
                options(headers),
                query != null && query.has("raw"),
                query == null ? null : leaseWait(query),
                list(headers, HttpHeaders.ACCEPT),
                list(headers, HttpHeaders.IF_NONE_MATCH));
    }

    /** How the value is to be shown. */
    Representation representation(String contentType) {
        return raw ? Representation.RAW : Representation.of(contentType, accept);
    }

    /** What the headers ask of any read. */
    public static ReadOptions options(HttpHeaders headers) {
        String cacheControl = list(headers, HttpHeaders.CACHE_CONTROL);
        boolean skipNear = says(headers, FreshetHeaders.TIER, "l2");
        boolean probe = says(headers, FreshetHeaders.PROBE, "true");
        InboxPosition after = parsed(headers, FreshetHeaders.AFTER, InboxPosition::parse);
        Lsn minLsn = parsed(headers, FreshetHeaders.MIN_LSN, Lsn::parse);
        boolean onlyIfCached = cacheControl != null && cacheControl.contains("only-if-cached");
        return !skipNear && !probe && after == null && minLsn == null && !onlyIfCached
                ? ReadOptions.DEFAULT
                : new ReadOptions(skipNear, onlyIfCached, probe, after, minLsn);
    }

    /** Whether a header is there, which can only say one thing. */
    private static boolean says(HttpHeaders headers, String name, String only) {
        String value = headers.getFirst(name);
        if (value != null && !value.equals(only)) {
            throw new ProblemException(
                    ILLEGAL_VALUE, "%s must be %s, or left out".formatted(name, only));
        }
        return value != null;
    }

    private static @Nullable Duration leaseWait(Query query) {
        String wait = query.one(WAIT);
        if (!query.has(LEASE)) {
            if (wait != null) {
                throw new ProblemException(ILLEGAL_VALUE, "'wait' is of use with 'lease' only");
            }
            return null;
        }
        if (wait == null) {
            return Duration.ZERO;
        }
        boolean isNumber = !wait.isEmpty() && wait.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber || wait.length() > MAX_WAIT_DIGITS) {
            throw new ProblemException(
                    ILLEGAL_VALUE, "'wait' is a whole number of milliseconds up to 99999");
        }
        return Duration.ofMillis(Integer.parseInt(wait));
    }

    /** The value of a header that is a list, which may stand on several lines. */
    private static @Nullable String list(HttpHeaders headers, String name) {
        List<String> lines = headers.get(name);
        return lines == null ? null : String.join(",", lines);
    }

    static <T> @Nullable T parsed(HttpHeaders headers, String name, Function<String, T> parser) {
        String value = headers.getFirst(name);
        if (value == null) {
            return null;
        }
        try {
            return parser.apply(value.strip());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ILLEGAL_VALUE, name + ": " + e.getMessage());
        }
    }
}
