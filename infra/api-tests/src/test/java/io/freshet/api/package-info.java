/** What the tests call a service by, and the contract that each answer is held against. */
@NullMarked
package io.freshet.api;

import org.jspecify.annotations.NullMarked;
