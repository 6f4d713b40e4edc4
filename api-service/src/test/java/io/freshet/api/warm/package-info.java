@NullMarked
package io.freshet.api.warm;

import org.jspecify.annotations.NullMarked;
