/**
 * What running a server as a container takes: the Docker engine, an image, a volume for the data,
 * and the removal of all of it at the end. The only package that knows Testcontainers and Docker;
 * knows no particular server.
 */
@NullMarked
package io.freshet.infra.servers.container;

import org.jspecify.annotations.NullMarked;
