/** Benchmarks of a running instance: each prints what it measured beside what it is held to. */
@NullMarked
package io.freshet.infra.bench;

import org.jspecify.annotations.NullMarked;
