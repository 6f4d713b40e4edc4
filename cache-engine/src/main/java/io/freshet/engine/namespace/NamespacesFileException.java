package io.freshet.engine.namespace;

/** A namespaces file that says something that is not allowed; the message says where, and why. */
public final class NamespacesFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NamespacesFileException(String message) {
        super(message);
    }
}
