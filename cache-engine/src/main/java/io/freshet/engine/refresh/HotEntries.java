package io.freshet.engine.refresh;

import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.util.List;

/** The entries that are asked for on this node: it has copies of them. Thread-safe. */
public interface HotEntries {

    /** Those that a target names; a scope takes as long as there are copies. */
    List<EntryKey> of(Target target);

    /** Takes the copy away, so that the entry is hot again only when somebody asks for it. */
    void drop(Namespace namespace, EntryKey key);
}
