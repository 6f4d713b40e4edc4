/** What can be configured, with all defaults: {@code freshet.<area>.<name>}. */
@NullMarked
package io.freshet.api.settings;

import org.jspecify.annotations.NullMarked;
