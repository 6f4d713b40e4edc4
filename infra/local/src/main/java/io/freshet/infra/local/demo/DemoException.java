package io.freshet.infra.local.demo;

/** The instance did not answer as the story needs it; the message says what it answered. */
public final class DemoException extends Exception {
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }
}
