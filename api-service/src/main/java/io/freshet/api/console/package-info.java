/**
 * The page for people, {@code /console/}: its files. What it shows and does goes over the REST
 * interface, with the caller's token; docs/console.md describes it.
 */
@NullMarked
package io.freshet.api.console;

import org.jspecify.annotations.NullMarked;
