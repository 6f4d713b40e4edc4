package io.freshet.contracts.codec;

/** Bytes that are not what their topic promises; the message says which field breaks which rule. */
public final class MalformedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public MalformedRecordException(Reason reason, String message) {
        super(message);
        this.reason = reason.code;
    }

    /** Stable code of the reason, for dead letters and metrics. */
    public String reason() {
        return reason;
    }

    /** The reasons, with codes that do not change. */
    public enum Reason {
        NOT_JSON("not-json"),
        UNKNOWN_VERSION("unknown-version"),
        UNKNOWN_TYPE("unknown-type"),
        UNKNOWN_FIELD("unknown-field"),
        MISSING_FIELD("missing-field"),
        ILLEGAL_VALUE("illegal-value"),
        TOO_LARGE("too-large");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
