/** What the verifiers of the workers found, as every node hears it. */
@NullMarked
package io.freshet.api.consistency;

import org.jspecify.annotations.NullMarked;
