package io.freshet.engine.namespace;

/**
 * A description of namespaces that says something that is not allowed; the message says where, and
 * why.
 */
public final class IllegalNamespaceException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    IllegalNamespaceException(String message) {
        super(message);
    }
}
