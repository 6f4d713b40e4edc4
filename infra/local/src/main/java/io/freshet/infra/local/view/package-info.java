/**
 * What a person sees of an instance in the terminal. Nothing here reads an instance's files or
 * starts anything.
 */
@NullMarked
package io.freshet.infra.local.view;

import org.jspecify.annotations.NullMarked;
