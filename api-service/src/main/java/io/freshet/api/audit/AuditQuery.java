package io.freshet.api.audit;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;

import io.freshet.api.http.Query;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which invalidations a caller wants to see. What is null does not matter.
 *
 * @param after where the page before ended
 * @param limit invalidations at the most
 */
record AuditQuery(
        @Nullable Namespace namespace,
        @Nullable EntryKey key,
        @Nullable Tag tag,
        @Nullable Instant since,
        @Nullable Instant until,
        Cause.@Nullable Kind kind,
        @Nullable Long transaction,
        @Nullable AuditCursor after,
        int limit) {

    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final Set<String> PARAMETERS =
            Set.of(
                    "namespace",
                    "key",
                    "tag",
                    "since",
                    "until",
                    "kind",
                    "transaction",
                    "cursor",
                    "limit");

    static AuditQuery of(URI uri) {
        Query query = Query.of(uri, PARAMETERS);
        String namespace = query.one("namespace");
        String key = query.one("key");
        String tag = query.one("tag");
        String kind = query.one("kind");
        String cursor = query.one("cursor");
        if (key != null && tag != null) {
            throw new ProblemException(ILLEGAL_VALUE, "send key or tag, not both");
        }
        return new AuditQuery(
                namespace == null ? null : new Namespace(namespace),
                key == null ? null : new EntryKey(key),
                tag == null ? null : new Tag(tag),
                time("since", query.one("since")),
                time("until", query.one("until")),
                kind == null ? null : kind(kind),
                transaction(query.one("transaction")),
                cursor == null ? null : AuditCursor.parse(cursor),
                limit(query.one("limit")));
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException _) {
            throw new ProblemException(
                    ILLEGAL_VALUE, name + " is a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static Cause.Kind kind(String text) {
        return Arrays.stream(Cause.Kind.values())
                .filter(kind -> nameOf(kind).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                ILLEGAL_VALUE,
                                "kind is one of "
                                        + Arrays.stream(Cause.Kind.values())
                                                .map(AuditQuery::nameOf)
                                                .collect(Collectors.joining(", "))));
    }

    static String nameOf(Cause.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long transaction(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException _) {
            throw new ProblemException(ILLEGAL_VALUE, "transaction is a number");
        }
    }

    private static int limit(@Nullable String text) {
        try {
            int limit = text == null ? USUAL : Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Answered below.
        }
        throw new ProblemException(ILLEGAL_VALUE, "limit is a number from 1 to " + MOST);
    }
}
