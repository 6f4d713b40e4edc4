package io.freshet.api.body;

import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.IllegalIdentifierException;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Keys, tags and patterns in request bodies; an illegal one is refused with its place. */
public final class Identifiers {

    private Identifiers() {}

    public static EntryKey key(BodyReader in) {
        return legal(in.path(), ProblemCode.ILLEGAL_KEY, in.text(), EntryKey::new);
    }

    public static List<EntryKey> keys(BodyReader in) {
        return list(in, ProblemCode.ILLEGAL_KEY, EntryKey::new);
    }

    public static Tag tag(BodyReader in) {
        return legal(in.path(), ProblemCode.ILLEGAL_TAG, in.text(), Tag::new);
    }

    public static List<Tag> tags(BodyReader in) {
        return list(in, ProblemCode.ILLEGAL_TAG, Tag::new);
    }

    public static KeyPattern pattern(BodyReader in) {
        return legal(in.path(), ProblemCode.ILLEGAL_PATTERN, in.text(), KeyPattern::new);
    }

    private static <T> List<T> list(BodyReader in, ProblemCode code, Function<String, T> parser) {
        String array = in.path();
        List<String> texts = in.texts();
        var parsed = new ArrayList<T>(texts.size());
        for (String text : texts) {
            parsed.add(legal(array + "[" + parsed.size() + "]", code, text, parser));
        }
        return parsed;
    }

    private static <T> T legal(
            String path, ProblemCode code, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalIdentifierException e) {
            throw new ProblemException(code, "'" + path + "': " + e.getMessage());
        }
    }
}
