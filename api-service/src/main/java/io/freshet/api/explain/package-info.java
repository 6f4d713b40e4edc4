/**
 * Why a key is answered as it is. {@link io.freshet.api.explain.Reading} concludes from what the
 * tiers hold and the node knows; {@link io.freshet.api.explain.EntryExplanation} adds the records
 * of the log and of the audit that it rests on.
 */
@NullMarked
package io.freshet.api.explain;

import org.jspecify.annotations.NullMarked;
