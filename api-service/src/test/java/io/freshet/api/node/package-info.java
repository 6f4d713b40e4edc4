@NullMarked
package io.freshet.api.node;

import org.jspecify.annotations.NullMarked;
