package io.freshet.warmer.verify;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A single node that answers every key alike.
 *
 * @param held what it explains that with; null when it does not say
 */
record OneNode(Answer answer, @Nullable Held held) implements Nodes {

    static final URI PLACE = URI.create("http://node");

    @Override
    public List<URI> all() {
        return List.of(PLACE);
    }

    @Override
    public Answer read(URI node, Spot spot) {
        return answer;
    }

    @Override
    public Optional<Held> explain(URI node, Spot spot, boolean nearby) {
        return Optional.ofNullable(held);
    }
}
