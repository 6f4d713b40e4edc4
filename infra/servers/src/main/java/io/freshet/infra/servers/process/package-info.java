/**
 * What running a server as a child process takes: a session of its own, signals, an account that
 * the server accepts, and the unpacked files that it runs from. Knows no particular server.
 */
@NullMarked
package io.freshet.infra.servers.process;

import org.jspecify.annotations.NullMarked;
