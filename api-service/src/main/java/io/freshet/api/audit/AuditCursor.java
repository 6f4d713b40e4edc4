package io.freshet.api.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a page of the audit ended: at the row with this time and number. */
record AuditCursor(Instant at, long id) {

    /** As callers see it: without a meaning of its own. */
    String toText() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at.toEpochMilli() + "." + id).getBytes(US_ASCII));
    }

    /**
     * The cursor of a text.
     *
     * @throws ProblemException when it is none
     */
    static AuditCursor parse(String text) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(text), US_ASCII).split("\\.", -1);
            if (parts.length == 2) {
                return new AuditCursor(
                        Instant.ofEpochMilli(Long.parseLong(parts[0])), Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException _) {
            // Answered below.
        }
        throw new ProblemException(
                ProblemCode.ILLEGAL_VALUE, "cursor: send the one of the page before, as it came");
    }
}
