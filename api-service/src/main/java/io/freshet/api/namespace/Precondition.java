package io.freshet.api.namespace;

import io.freshet.engine.namespace.NamespaceCatalog.Expectation;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.NamespaceDocument;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * What a request that changes a namespace expects of it: {@code If-Match} with the entity tag that
 * was read, {@code If-Match: *} for any, {@code If-None-Match: *} for none.
 */
final class Precondition implements Expectation {

    private static final int TAG_BYTES = 8;

    private final List<String> match;
    private final List<String> noneMatch;

    private Precondition(List<String> match, List<String> noneMatch) {
        this.match = match;
        this.noneMatch = noneMatch;
    }

    static Precondition of(ServerRequest request) {
        return new Precondition(
                tags(request, HttpHeaders.IF_MATCH), tags(request, HttpHeaders.IF_NONE_MATCH));
    }

    /** The entity tag of a namespace's document. */
    static String tagOf(byte[] document) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(document);
            return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean isMetBy(@Nullable NamespaceConfig present) {
        return (match.isEmpty() || isNamed(present, match))
                && (noneMatch.isEmpty() || !isNamed(present, noneMatch));
    }

    private static boolean isNamed(@Nullable NamespaceConfig present, List<String> tags) {
        return present != null
                && (tags.contains("*") || tags.contains(tagOf(NamespaceDocument.write(present))));
    }

    private static List<String> tags(ServerRequest request, String header) {
        return request.headers().header(header).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }
}
