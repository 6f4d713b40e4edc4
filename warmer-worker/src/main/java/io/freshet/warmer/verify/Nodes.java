package io.freshet.warmer.verify;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The nodes that clients ask. Thread-safe; blocks. */
public interface Nodes {

    /** Those that are known. */
    List<URI> all();

    /** Reads a key from a node's cache, without making it load. */
    Answer read(URI node, Spot spot);

    /** Why a node answers a key as it does; empty when it does not say. */
    Optional<Held> explain(URI node, Spot spot, boolean nearby);
}
