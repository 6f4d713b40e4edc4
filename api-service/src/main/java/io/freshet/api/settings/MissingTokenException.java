package io.freshet.api.settings;

/** The service was started without a token, and would have been open to everybody. */
final class MissingTokenException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    MissingTokenException() {
        super("freshet.api.token is not set");
    }
}
