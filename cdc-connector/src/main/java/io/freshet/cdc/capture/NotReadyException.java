package io.freshet.cdc.capture;

/** Something that capture needs is not there yet; nobody has to mend anything. */
final class NotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotReadyException(String message) {
        super(message);
    }
}
