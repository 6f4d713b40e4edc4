package io.freshet.api.entry;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_TAG;

import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.Tag;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The tags of one entry, as callers state them; doubled ones are one. */
final class Tags {

    private static final int MAX = 128;

    private Tags() {}

    static Set<Tag> of(Collection<String> names) {
        Set<Tag> tags = names.stream().map(Tag::new).collect(Collectors.toSet());
        if (tags.size() > MAX) {
            throw new ProblemException(ILLEGAL_TAG, "an entry has %d tags at most".formatted(MAX));
        }
        return tags;
    }
}
