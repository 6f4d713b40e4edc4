/** The running instance that is checked, as its clients and its operator see it. */
@NullMarked
package io.freshet.infra.check.instance;

import org.jspecify.annotations.NullMarked;
