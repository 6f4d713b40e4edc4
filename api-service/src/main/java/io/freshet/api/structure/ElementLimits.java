package io.freshet.api.structure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.api.http.BatchLimit;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import java.util.Collection;
import java.util.List;

/**
 * How much of a structure one request may be about.
 *
 * @param batch how many elements
 * @param value largest element, or value of a field, in bytes
 */
public record ElementLimits(BatchLimit batch, long value) {

    private static final int NAME_BYTES = 1_024;

    /** Requires some elements, and not too many or too large ones. */
    List<byte[]> values(String field, List<byte[]> values) {
        count(field, values);
        values.forEach(value -> size(field, value));
        return values;
    }

    void size(String field, byte[] element) {
        if (element.length > value) {
            throw new ProblemException(
                    ProblemCode.VALUE_TOO_LARGE,
                    "the namespace takes values of %d bytes at most, one of '%s' has %d"
                            .formatted(value, field, element.length));
        }
    }

    /** The same for members of sets and names of fields. */
    List<String> names(String field, List<String> names) {
        count(field, names);
        names.forEach(name -> name(field, name));
        return names;
    }

    String name(String field, String name) {
        if (!UTF_8.newEncoder().canEncode(name) || name.getBytes(UTF_8).length > NAME_BYTES) {
            throw new ProblemException(
                    ProblemCode.ILLEGAL_VALUE,
                    "'%s': members and names of fields are text of %d bytes at most"
                            .formatted(field, NAME_BYTES));
        }
        return name;
    }

    void count(String field, Collection<?> elements) {
        if (batch.require(field, elements).isEmpty()) {
            throw new ProblemException(
                    ProblemCode.ILLEGAL_VALUE, "'%s' must not be empty".formatted(field));
        }
    }
}
