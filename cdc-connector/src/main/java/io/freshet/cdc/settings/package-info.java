/** What can be configured, with all defaults: {@code freshet.<area>.<name>}. */
@NullMarked
package io.freshet.cdc.settings;

import org.jspecify.annotations.NullMarked;
