package io.freshet.infra.local;

/** A command cannot do what was asked; the message is all that the user sees. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
