package io.freshet.engine.source.http;

import io.freshet.engine.source.SourceException;
import java.io.ByteArrayOutputStream;

/** The body of an answer as it comes, up to a number of bytes. */
final class BoundedBody {

    private final long limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    BoundedBody(long limit) {
        this.limit = limit;
    }

    /**
     * Takes a piece.
     *
     * @throws SourceException when it is more than fits
     */
    BoundedBody with(byte[] piece) {
        requireWithin(limit, bytes.size() + (long) piece.length);
        bytes.writeBytes(piece);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    static void requireWithin(long limit, long size) {
        if (size > limit) {
            throw new SourceException(
                    SourceException.Reason.REJECTED,
                    "the source's answer for this key is larger than the %d bytes of the namespace"
                            .formatted(limit),
                    null);
        }
    }
}
