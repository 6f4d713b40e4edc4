/** Tests of the settings. */
@NullMarked
package io.freshet.cdc.settings;

import org.jspecify.annotations.NullMarked;
