package io.freshet.engine.log;

import io.freshet.contracts.event.SourceWrite;

/** A record of the log of writes, and where it stands. */
public record PlacedWrite(int partition, long offset, SourceWrite write) {}
