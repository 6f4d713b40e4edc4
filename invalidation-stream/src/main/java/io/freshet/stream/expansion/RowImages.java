package io.freshet.stream.expansion;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.NewRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Judges the rows that records bring: by what came before them, and by their namespace's terms. */
public final class RowImages {

    private final RowImageGuard guard;
    private final RowTerms terms;

    public RowImages(RowImageGuard guard, RowTerms terms) {
        this.guard = guard;
        this.terms = terms;
    }

    /** What becomes of a row. */
    sealed interface Judged {

        /** There is none. */
        record NoRow() implements Judged {}

        /** It is not written; its record invalidates as any other. */
        record Refused(Reason reason) implements Judged {}

        /** It takes the place of its entry. */
        record Admitted(NewRow row, Duration ttl) implements Judged {}
    }

    /** Why a row is not written. */
    public enum Reason {
        /** {@link RowImageGuard.Refusal#OLDER}. */
        OLDER,
        /** {@link RowImageGuard.Refusal#UNCERTAIN}. */
        UNCERTAIN,
        /** The catalog has no such namespace, or was not read yet. */
        UNKNOWN_NAMESPACE,
        /** The namespace takes no values of that size. */
        TOO_LARGE
    }

    /** Takes the next invalidation of the partition, whether or not it has a row. */
    Judged take(Event.Invalidation event, Instant now) {
        RowImageGuard.Refusal refusal = guard.take(event, now);
        NewRow row = event.row();
        if (row == null) {
            return new Judged.NoRow();
        }
        return switch (refusal) {
            case OLDER -> new Judged.Refused(Reason.OLDER);
            case UNCERTAIN -> new Judged.Refused(Reason.UNCERTAIN);
            case null -> byTerms(terms.of(event.target().namespace()), row);
        };
    }

    /** Records were lost. */
    void lost(Instant now) {
        guard.lost(now);
    }

    private static Judged byTerms(RowTerms.@Nullable Terms terms, NewRow row) {
        if (terms == null) {
            return new Judged.Refused(Reason.UNKNOWN_NAMESPACE);
        }
        return row.json().getBytes(UTF_8).length > terms.maxBytes()
                ? new Judged.Refused(Reason.TOO_LARGE)
                : new Judged.Admitted(row, terms.ttl());
    }
}
