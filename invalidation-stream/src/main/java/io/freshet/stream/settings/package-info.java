/** The options of this service, with their defaults. */
@NullMarked
package io.freshet.stream.settings;

import org.jspecify.annotations.NullMarked;
