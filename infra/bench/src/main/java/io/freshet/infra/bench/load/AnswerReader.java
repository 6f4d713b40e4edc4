package io.freshet.infra.bench.load;

import java.nio.ByteBuffer;

/** Reads the answers that come over one connection, one after the other. */
public interface AnswerReader {

    /** Takes bytes in; true when an answer is complete, of which no byte is left over. */
    boolean take(ByteBuffer bytes);

    /** Whether the last answer was what the request asked for. */
    boolean isGood();
}
