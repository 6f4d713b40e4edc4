package io.freshet.api.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.engine.Inventory.Cursor;
import java.util.Base64;

/** Cursors as callers see them: text without a meaning of its own. */
final class CursorText {

    private CursorText() {}

    static String of(Cursor cursor) {
        String plain = cursor.bucket() + "." + cursor.number() + "." + cursor.known();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(US_ASCII));
    }

    /**
     * The cursor of a text.
     *
     * @throws ProblemException when it is none
     */
    static Cursor parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), US_ASCII);
            String[] parts = plain.split("\\.", -1);
            if (parts.length == 3) {
                return new Cursor(
                        Integer.parseInt(parts[0]),
                        Long.parseLong(parts[1]),
                        Integer.parseInt(parts[2]));
            }
        } catch (IllegalArgumentException _) {
            // Answered below.
        }
        throw new ProblemException(
                ProblemCode.ILLEGAL_VALUE, "cursor: send the one of the page before, as it came");
    }
}
