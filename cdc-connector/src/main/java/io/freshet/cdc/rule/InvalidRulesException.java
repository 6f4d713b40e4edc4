package io.freshet.cdc.rule;

/** Rules that cannot be used; the message names the rule and the mend. */
public final class InvalidRulesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidRulesException(String message) {
        super(message);
    }
}
