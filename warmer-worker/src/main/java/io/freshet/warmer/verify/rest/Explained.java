package io.freshet.warmer.verify.rest;

import io.freshet.contracts.position.Stamp;
import io.freshet.warmer.verify.Held;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What {@code ?explain} answers, as far as it is of use. */
final class Explained {

    private Explained() {}

    /**
     * Empty where the tier holds nothing.
     *
     * @throws IllegalArgumentException or {@link java.time.DateTimeException} of words that are not
     *     known here
     */
    static Optional<Held> of(JsonNode answer, boolean nearby) {
        JsonNode entry = answer.path(nearby ? "memory" : "redis");
        if (!entry.isObject()) {
            return Optional.empty();
        }
        Stamp stamp = stamp(entry.path("stamp"));
        Stamp killer = Stamp.ZERO;
        for (JsonNode clue : answer.path("invalidated")) {
            killer = Stamp.max(killer, stamp(clue.path("hard")));
        }
        return Optional.of(
                new Held(
                        Instant.parse(entry.path("created_at").asString()),
                        stamp,
                        killer,
                        stamp(answer.path("bucket").path("applied")),
                        nearby,
                        answer.path("verdict").asString("").equals("known-absent")));
    }

    /** Of {@code epoch:position}, or {@code partition@epoch:position}. */
    private static Stamp stamp(JsonNode text) {
        String value = text.asString("");
        if (value.isEmpty()) {
            return Stamp.ZERO;
        }
        String[] parts = value.substring(value.indexOf('@') + 1).split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("no stamp: " + value);
        }
        return Stamp.of(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
    }
}
