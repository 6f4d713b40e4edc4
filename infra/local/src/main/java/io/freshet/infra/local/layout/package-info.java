/**
 * Where a local instance keeps its things: directories, ports, process ids, the token and the
 * environment file.
 *
 * <p>Nothing here starts or stops anything.
 */
@NullMarked
package io.freshet.infra.local.layout;

import org.jspecify.annotations.NullMarked;
