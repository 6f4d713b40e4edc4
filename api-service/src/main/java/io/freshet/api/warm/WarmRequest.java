package io.freshet.api.warm;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;
import static io.freshet.api.problem.ProblemCode.MISSING_FIELD;

import io.freshet.api.body.BodyReader;
import io.freshet.api.body.Identifiers;
import io.freshet.api.http.BatchLimit;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.event.WarmJob.Selection;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants warmed.
 *
 * @param namespace as it came
 */
record WarmRequest(String namespace, Selection selection) {

    private static final int MAX_TOP = 1_000_000;

    /** The body, as its fields come. */
    private static final class Fields {
        private @Nullable String namespace;
        private @Nullable Selection selection;

        Fields(@Nullable String namespace) {
            this.namespace = namespace;
        }

        void name(BodyReader in) {
            if (namespace != null) {
                throw in.unknown();
            }
            namespace = in.text();
        }

        void select(@Nullable Selection selected, BodyReader in) {
            if (selected == null) {
                return;
            }
            if (selection != null) {
                throw in.illegal(ILLEGAL_VALUE, "cannot stand beside another: keys, top or query");
            }
            selection = selected;
        }
    }

    /**
     * Reads a body.
     *
     * @param namespace as the path named it; null when the body does
     */
    static WarmRequest read(byte[] body, BatchLimit limit, @Nullable String namespace) {
        var fields = new Fields(namespace);
        BodyReader.read(
                body,
                (field, in) -> {
                    switch (field) {
                        case "keys" -> fields.select(keys(in, limit), in);
                        case "top" -> fields.select(top(in), in);
                        case "query" -> fields.select(new Selection.Query(in.text()), in);
                        case "namespace" -> fields.name(in);
                        default -> throw in.unknown();
                    }
                });
        if (fields.selection == null) {
            throw new ProblemException(
                    MISSING_FIELD,
                    "say what: \"keys\": [...], \"top\": how many, or \"query\": its name");
        }
        if (fields.namespace == null) {
            throw BodyReader.missing("namespace");
        }
        return new WarmRequest(fields.namespace, fields.selection);
    }

    /** No keys are as good as none said. */
    private static @Nullable Selection keys(BodyReader in, BatchLimit limit) {
        var keys = limit.require("keys", Identifiers.keys(in));
        return keys.isEmpty() ? null : new Selection.Keys(keys);
    }

    private static Selection top(BodyReader in) {
        long count = in.wholeNumber(ILLEGAL_VALUE);
        if (count < 1 || count > MAX_TOP) {
            throw in.illegal(ILLEGAL_VALUE, "must be 1 to " + MAX_TOP);
        }
        return new Selection.Top((int) count);
    }
}
