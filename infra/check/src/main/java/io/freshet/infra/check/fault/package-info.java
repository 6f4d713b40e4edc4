/** What is broken on purpose while the load runs, each by a name. */
@NullMarked
package io.freshet.infra.check.fault;

import org.jspecify.annotations.NullMarked;
