package io.freshet.engine.store;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;

/** One entry to remove or to mark, if it is stamped below {@code killsBelow}. */
public record KeyEviction(EntryKey key, Mode mode, Stamp killsBelow) {}
