package io.freshet.api.entry;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_TAG;

import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.Tag;
import java.util.Collection;
import java.util.Set;

/** The tags of one entry, as callers state them; doubled ones are one. */
public final class Tags {

    private static final int MAX = 128;

    private Tags() {}

    /** The tags; too many are a problem. */
    public static Set<Tag> of(Collection<Tag> stated) {
        Set<Tag> tags = Set.copyOf(stated);
        if (tags.size() > MAX) {
            throw new ProblemException(ILLEGAL_TAG, "an entry has %d tags at most".formatted(MAX));
        }
        return tags;
    }
}
