/** Typed identifiers, validated once where they enter: namespaces, keys, tags, patterns, LSNs. */
@NullMarked
package io.freshet.contracts.id;

import org.jspecify.annotations.NullMarked;
