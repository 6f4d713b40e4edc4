package io.freshet.warmer.job;

import io.freshet.contracts.id.EntryKey;
import java.util.List;

/**
 * The keys of a job.
 *
 * @param keys each once, those that matter most first
 * @param heldOut how many are left out, so that the worth of warming can be measured
 */
record Selected(List<EntryKey> keys, long heldOut) {}
