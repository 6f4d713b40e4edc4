package io.freshet.api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The token that callers show. Only its hash is kept, and hashes are compared in constant time, so
 * that neither memory nor timing gives it away. Thread-safe.
 */
public final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private final byte[] hash;

    public BearerToken(String token) {
        hash = hashOf(token);
    }

    /**
     * Whether a request with this {@code Authorization} header shows the token.
     *
     * @param authorization null when the request has none
     */
    boolean isShownBy(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        hash, hashOf(authorization.substring(SCHEME.length()).strip()));
    }

    private static byte[] hashOf(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
