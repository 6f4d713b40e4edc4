/**
 * Records that could not be read as events: shown with the reason, and published anew when mended.
 */
@NullMarked
package io.freshet.api.deadletter;

import org.jspecify.annotations.NullMarked;
