package io.freshet.api.structure;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;

import io.freshet.api.http.Query;
import io.freshet.api.problem.ProblemException;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.structure.Question;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is asked of a structure from the parameters behind the {@code ?}. */
public final class QuestionRequest {

    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private QuestionRequest() {}

    /** Reads parameters. */
    @FunctionalInterface
    public interface Reader {

        Question read(URI uri, ElementLimits limits);
    }

    public static Question ofList(URI uri, ElementLimits limits) {
        Query query = Query.of(uri, Set.of("from", "to", "limit"));
        return new Question.Range(
                index(query, "from", 0), index(query, "to", -1), limit(query.one("limit")));
    }

    public static Question ofSet(URI uri, ElementLimits limits) {
        return named(Kind.SET, "member", uri, limits);
    }

    public static Question ofHash(URI uri, ElementLimits limits) {
        return named(Kind.HASH, "field", uri, limits);
    }

    public static Question ofCounter(URI uri, ElementLimits limits) {
        Query.of(uri, Set.of());
        return new Question.Value();
    }

    private static Question named(Kind kind, String name, URI uri, ElementLimits limits) {
        Query query = Query.of(uri, Set.of(name, "cursor", "limit"));
        List<String> names = query.all(name);
        if (!names.isEmpty()) {
            if (query.has("cursor") || query.has("limit")) {
                throw new ProblemException(
                        ILLEGAL_VALUE, "'" + name + "' goes with no 'cursor' and no 'limit'");
            }
            return new Question.These(kind, limits.names(name, names));
        }
        String cursor = query.one("cursor");
        return new Question.Page(
                kind, cursor == null ? 0 : cursor(cursor), limit(query.one("limit")));
    }

    private static long cursor(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException _) {
            throw new ProblemException(
                    ILLEGAL_VALUE, "cursor: send the one of the page before, as it came");
        }
    }

    private static long index(Query query, String name, long usual) {
        String text = query.one(name);
        try {
            return text == null ? usual : Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new ProblemException(
                    ILLEGAL_VALUE, name + " is a whole number, below zero from the end");
        }
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Answered below.
        }
        throw new ProblemException(ILLEGAL_VALUE, "limit is a number from 1 to " + MOST);
    }
}
