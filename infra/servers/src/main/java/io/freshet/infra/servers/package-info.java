/**
 * The servers that Freshet runs on, for local mode and for tests: Kafka, PostgreSQL and Redis, real
 * ones, started from Java.
 *
 * <p>{@link io.freshet.infra.servers.ServerProvider} starts them, {@link
 * io.freshet.infra.servers.SharedServers} holds one set for all tests of a JVM. A server keeps its
 * data in the directory that its options name and finds them again at its next start there.
 */
@NullMarked
package io.freshet.infra.servers;

import org.jspecify.annotations.NullMarked;
