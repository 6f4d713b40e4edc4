/** Topics as typed constants, and how keys map to partitions and buckets. */
@NullMarked
package io.freshet.contracts.topic;

import org.jspecify.annotations.NullMarked;
