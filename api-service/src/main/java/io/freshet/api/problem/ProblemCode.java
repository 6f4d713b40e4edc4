package io.freshet.api.problem;

import java.util.Locale;

/**
 * What can go wrong, as callers may rely on it: a code never changes its meaning or its status.
 * Described for callers in {@code docs/rest.md}.
 */
public enum ProblemCode {
    ILLEGAL_PATH(400, "Illegal path"),
    ILLEGAL_NAMESPACE(400, "Illegal namespace"),
    ILLEGAL_KEY(400, "Illegal key"),
    ILLEGAL_TAG(400, "Illegal tag"),
    ILLEGAL_PATTERN(400, "Illegal pattern"),
    ILLEGAL_TTL(400, "Illegal TTL"),
    ILLEGAL_VALUE(400, "Illegal value"),
    MALFORMED_JSON(400, "Malformed JSON"),
    UNKNOWN_FIELD(400, "Unknown field"),
    MISSING_FIELD(400, "Missing field"),
    ILLEGAL_CONFIGURATION(400, "Illegal configuration of a namespace"),
    BATCH_TOO_LARGE(400, "Batch too large"),
    KEY_REJECTED(400, "Key rejected by the source"),
    UNAUTHORISED(401, "Unauthorised"),
    NOT_FOUND(404, "No such resource"),
    NAMESPACE_NOT_FOUND(404, "Namespace not found"),
    KEY_NOT_FOUND(404, "Key not found"),
    JOB_NOT_FOUND(404, "Job not found"),
    DEAD_LETTER_NOT_FOUND(404, "Dead letter not found"),
    FAN_OUT_NOT_FOUND(404, "Fan-out not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    LEASE_HELD(409, "Loaded by another caller"),
    LOCK_HELD(409, "Lock held by another caller"),
    LOCK_LOST(409, "Lock not held"),
    WRONG_KIND(409, "Another kind of value"),
    HAS_SOURCE(409, "Namespace has a source"),
    INVALIDATED(409, "Invalidated since the token was handed out"),
    SOURCE_CONFLICT(409, "Conflict in the source"),
    PRECONDITION_FAILED(412, "Precondition failed"),
    VALUE_TOO_LARGE(413, "Value too large"),
    BODY_TOO_LARGE(413, "Body too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    VALUE_REJECTED(422, "Value rejected by the source"),
    TOKEN_REQUIRED(428, "Miss token required"),
    INTERNAL(500, "Internal error"),
    NOT_READY(503, "Not ready"),
    STORE_UNAVAILABLE(503, "Store unavailable"),
    SOURCE_UNAVAILABLE(503, "Source unavailable"),
    CATALOG_UNAVAILABLE(503, "Catalog unavailable"),
    KAFKA_UNAVAILABLE(503, "Kafka unavailable"),
    TOO_MANY_SUBSCRIBERS(503, "Too many subscribers"),
    WINDOW_EXCEEDED(503, "Consistency window exceeded"),
    SOURCE_TIMEOUT(504, "Source timeout"),
    STORAGE_FULL(507, "Storage full");

    private final int status;
    private final String title;
    private final String code;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
        this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The stable name, such as {@code key-not-found}. */
    public String code() {
        return code;
    }

    /** Whether the same request may succeed a moment later. */
    boolean isTemporary() {
        return status == 503 || status == 504;
    }

    /** Whether it tells of a failure, and not just of an absent key. */
    public boolean isError() {
        return this != KEY_NOT_FOUND;
    }
}
