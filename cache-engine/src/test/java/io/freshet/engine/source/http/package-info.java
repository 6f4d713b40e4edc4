@NullMarked
package io.freshet.engine.source.http;

import org.jspecify.annotations.NullMarked;
