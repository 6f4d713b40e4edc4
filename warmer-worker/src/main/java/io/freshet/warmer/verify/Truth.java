package io.freshet.warmer.verify;

import io.freshet.engine.source.Loaded;
import java.util.Optional;

/** The sources, read where every commit can be seen at once. Thread-safe; blocks. */
@FunctionalInterface
public interface Truth {

    /** What the source has; empty when it does not say. */
    Optional<Loaded> read(Spot spot);
}
