@NullMarked
package io.freshet.api.settings;

import org.jspecify.annotations.NullMarked;
