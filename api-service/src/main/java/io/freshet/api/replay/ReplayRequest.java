package io.freshet.api.replay;

import io.freshet.api.body.BodyReader;
import io.freshet.api.problem.ProblemCode;
import io.freshet.engine.log.LogPositions;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants invalidated again.
 *
 * @param namespace as it came; null for all
 */
record ReplayRequest(Since since, @Nullable String namespace) {

    /** Where to begin. */
    sealed interface Since {

        /** With what entered the log then. */
        record Time(Instant at) implements Since {}

        /** Behind a place in the log, such as the id of an event. */
        record Place(LogPositions positions) implements Since {}
    }

    private static final class Fields {
        private @Nullable Since since;
        private @Nullable String namespace;

        void take(String field, BodyReader in) {
            switch (field) {
                case "since" -> since = since(in);
                case "namespace" -> namespace = in.text();
                default -> throw in.unknown();
            }
        }

        private static Since since(BodyReader in) {
            String text = in.text();
            try {
                return text.contains("T")
                        ? new Since.Time(Instant.parse(text))
                        : new Since.Place(LogPositions.parse(text));
            } catch (DateTimeException | IllegalArgumentException _) {
                throw in.illegal(
                        ProblemCode.ILLEGAL_VALUE,
                        "must be a time such as 2026-01-31T12:00:00Z, or the id of an event");
            }
        }
    }

    static ReplayRequest read(byte[] body) {
        var fields = new Fields();
        BodyReader.read(body, fields::take);
        if (fields.since == null) {
            throw BodyReader.missing("since");
        }
        return new ReplayRequest(fields.since, fields.namespace);
    }
}
