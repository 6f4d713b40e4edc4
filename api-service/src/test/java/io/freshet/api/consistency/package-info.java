@NullMarked
package io.freshet.api.consistency;

import org.jspecify.annotations.NullMarked;
