package io.freshet.api.http;

import static io.freshet.api.problem.ProblemCode.BODY_TOO_LARGE;
import static io.freshet.api.problem.ProblemCode.UNSUPPORTED_MEDIA_TYPE;

import io.freshet.api.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * Reads request bodies whole, up to a limit.
 *
 * @param limit largest body taken
 */
public record RequestBody(DataSize limit) {

    private static final byte[] NOTHING = new byte[0];

    /** The body's bytes; none at all when there is no body. */
    public Mono<byte[]> bytes(ServerRequest request) {
        if (request.headers().contentLength().orElse(0) > limit.toBytes()) {
            return Mono.error(tooLarge());
        }
        return DataBufferUtils.join(
                        request.exchange().getRequest().getBody(), Math.toIntExact(limit.toBytes()))
                .map(RequestBody::toBytes)
                .defaultIfEmpty(NOTHING)
                .onErrorMap(DataBufferLimitException.class, _ -> tooLarge());
    }

    /** The bytes of a body that must be JSON. */
    public Mono<byte[]> json(ServerRequest request) {
        MediaType type = contentType(request);
        if (type == null || !isJson(type)) {
            return Mono.error(
                    new ProblemException(
                            UNSUPPORTED_MEDIA_TYPE, "send Content-Type: application/json"));
        }
        return bytes(request);
    }

    /**
     * The content type of the body; null when none is stated.
     *
     * @throws ProblemException when it cannot be read
     */
    public static @Nullable MediaType contentType(ServerRequest request) {
        String stated = request.headers().firstHeader(HttpHeaders.CONTENT_TYPE);
        try {
            return stated == null ? null : MediaType.parseMediaType(stated);
        } catch (InvalidMediaTypeException e) {
            throw new ProblemException(UNSUPPORTED_MEDIA_TYPE, "Content-Type: " + e.getMessage());
        }
    }

    /** Whether it is JSON, which is UTF-8. */
    public static boolean isJson(MediaType type) {
        return type.isCompatibleWith(MediaType.APPLICATION_JSON)
                && type.isConcrete()
                && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()));
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                BODY_TOO_LARGE, "a body may have " + limit.toBytes() + " bytes at most");
    }

    private static byte[] toBytes(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
