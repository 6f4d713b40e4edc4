package io.freshet.api.entry;

import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.engine.NewValue;
import io.freshet.engine.namespace.NamespaceConfig;

/** The limit that a namespace sets to its values. */
final class ValueSize {

    private ValueSize() {}

    static void require(NamespaceConfig namespace, NewValue value) {
        if (value.bytes().length > namespace.maxValueBytes()) {
            throw new ProblemException(
                    ProblemCode.VALUE_TOO_LARGE,
                    "namespace '%s' takes values of %d bytes at most, this one has %d"
                            .formatted(
                                    namespace.name(),
                                    namespace.maxValueBytes(),
                                    value.bytes().length));
        }
    }
}
