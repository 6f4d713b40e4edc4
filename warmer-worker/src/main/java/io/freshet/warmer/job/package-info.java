/**
 * Carrying out warm jobs: {@link io.freshet.warmer.job.JobRunner} selects the keys and loads them,
 * as fast as {@link io.freshet.warmer.job.LoadPacer} lets it.
 */
@NullMarked
package io.freshet.warmer.job;

import org.jspecify.annotations.NullMarked;
