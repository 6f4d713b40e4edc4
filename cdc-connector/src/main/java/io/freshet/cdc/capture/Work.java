package io.freshet.cdc.capture;

import io.freshet.cdc.rule.Match;
import io.freshet.contracts.id.Lsn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What some changes of one transaction make wrong.
 *
 * @param transaction 32-bit id
 * @param commit just past the commit record; null when the end was not seen with the changes
 */
record Work(int transaction, @Nullable Lsn commit, Instant committedAt, List<Match> matches) {}
