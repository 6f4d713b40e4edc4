/** JSON codecs with schema versions; every wire format has a golden file in the tests. */
@NullMarked
package io.freshet.contracts.codec;

import org.jspecify.annotations.NullMarked;
