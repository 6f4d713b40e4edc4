package io.freshet.api.http;

import io.freshet.contracts.id.Tag;
import java.util.Collection;
import java.util.stream.Collectors;

/** Tags as the header {@code Surrogate-Key}: percent-encoded, since spaces separate them. */
public final class SurrogateKey {

    private SurrogateKey() {}

    public static String of(Collection<Tag> tags) {
        return tags.stream()
                .sorted()
                .map(tag -> PercentCoding.encode(tag.value()))
                .collect(Collectors.joining(" "));
    }
}
