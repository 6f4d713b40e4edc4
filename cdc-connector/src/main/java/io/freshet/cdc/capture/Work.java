package io.freshet.cdc.capture;

import io.freshet.contracts.id.Lsn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a part of one transaction makes wrong.
 *
 * @param transaction 32-bit id
 * @param commit just past the commit record; null when the end was not seen with that part
 */
record Work(int transaction, @Nullable Lsn commit, Instant committedAt, List<Finding> findings) {}
