package io.freshet.cdc.rule;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;

/**
 * Something that a row change makes wrong.
 *
 * @param rule the name of the rule that says so
 */
public record Match(String rule, Target target, Mode mode) {}
