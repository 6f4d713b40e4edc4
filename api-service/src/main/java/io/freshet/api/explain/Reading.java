package io.freshet.api.explain;

import io.freshet.contracts.event.Target;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Explanation;
import io.freshet.engine.Explanation.Held;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.Clue;
import io.freshet.engine.freshness.Evidence;
import io.freshet.engine.store.Marker;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conclusion from an explanation, in words.
 *
 * @param because one or two sentences, for people
 * @param decisive the invalidation that it rests on; null when it rests on none
 */
record Reading(Conclusion conclusion, String because, @Nullable Clue decisive) {

    /** What is concluded, as callers may rely on it. */
    enum Conclusion {
        FRESH,
        /** Invalidated softly: served, marked, while it is loaded anew. */
        SOFT,
        /** In Redis, and not answered from there any more. */
        STALE,
        EXPIRED,
        /** The source has no such key, and that is known. */
        KNOWN_ABSENT,
        ABSENT
    }

    static Reading of(Explanation found, Instant now) {
        Held stored = found.stored();
        Reading reading =
                stored == null ? ofAbsent(found.evidence()) : ofStored(stored, found, now);
        return found.window().isExceeded() ? reading.outsideTheWindow() : reading;
    }

    private Reading outsideTheWindow() {
        return new Reading(
                conclusion,
                because
                        + " This node lags behind the consistency window of the namespace: what it"
                        + " answers goes by that.",
                decisive);
    }

    private static Reading ofStored(Held stored, Explanation found, Instant now) {
        EntryHeader header = stored.header();
        Evidence evidence = found.evidence();
        return switch (stored.verdict()) {
            case STALE -> ofStale(header.stamp(), evidence, found.marker());
            case SOFT ->
                    latest(evidence, clue -> header.stamp().isKilledBy(clue.soft()))
                            .map(clue ->
                                    new Reading(
                                            Conclusion.SOFT,
                                            "The invalidation of %s at %s marks it as stale."
                                                    .formatted(name(clue), clue.soft()),
                                            clue))
                            .orElseGet(() ->
                                    new Reading(
                                            Conclusion.SOFT,
                                            "Redis has it marked as stale.",
                                            null));
            case FRESH -> ofFresh(header, evidence, now);
        };
    }

    private static Reading ofFresh(EntryHeader header, Evidence evidence, Instant now) {
        if (!now.isBefore(header.softExpiry())) {
            return new Reading(
                    Conclusion.EXPIRED,
                    "Its time to live ended at %s; nothing has invalidated it."
                            .formatted(header.softExpiry()),
                    null);
        }
        String why =
                "It is stamped %s, and nothing that it falls under was invalidated above that, up to %s."
                        .formatted(header.stamp(), evidence.position().stamp());
        return header.kind() == EntryHeader.Kind.ABSENT
                ? new Reading(Conclusion.KNOWN_ABSENT, "The source has no such key. " + why, null)
                : new Reading(Conclusion.FRESH, why, null);
    }

    private static Reading ofStale(Stamp stamp, Evidence evidence, @Nullable Marker marker) {
        Optional<Clue> killer = latest(evidence, clue -> stamp.isKilledBy(clue.hard()));
        if (killer.isPresent()) {
            return new Reading(
                    Conclusion.STALE,
                    "It is stamped %s, and the invalidation of %s at %s stands above that. Redis has not removed it yet."
                            .formatted(stamp, name(killer.get()), killer.get().hard()),
                    killer.get());
        }
        String why =
                stamp.isKilledBy(evidence.barrier())
                        ? "it is stamped below %s, up to which a part of the log is lost to this node"
                                .formatted(evidence.barrier())
                        : marker != null && marker.distrusts(stamp)
                                ? "its bucket has lost evictions up to %s"
                                        .formatted(marker.barrier())
                                : "it is stamped below %s, up to which this node remembers no keys, and its bucket does not vouch for it"
                                        .formatted(evidence.floor());
        return new Reading(Conclusion.STALE, "It is not believed: " + why + ".", null);
    }

    private static Reading ofAbsent(Evidence evidence) {
        return latest(evidence, clue -> !clue.hard().equals(Stamp.ZERO))
                .map(clue ->
                        new Reading(
                                Conclusion.ABSENT,
                                "Nothing is cached. The last invalidation that it fell under was of %s, at %s."
                                        .formatted(name(clue), clue.hard()),
                                clue))
                .orElseGet(() ->
                        new Reading(
                                Conclusion.ABSENT,
                                "Nothing is cached, and this node remembers no invalidation of it since %s: it was never asked for, has expired, or was evicted for want of room."
                                        .formatted(evidence.floor()),
                                null));
    }

    private static Optional<Clue> latest(Evidence evidence, Predicate<Clue> which) {
        return evidence.clues().stream().filter(which).max(Comparator.comparing(Clue::last));
    }

    private static String name(Clue clue) {
        return switch (clue.about()) {
            case Target.OfKey _, Target.OfKeys _ -> "the key";
            case Target.OfTag(_, var tag) -> "the tag '" + tag + "'";
            case Target.OfPattern(_, var pattern) -> "the pattern '" + pattern + "'";
            case Target.OfNamespace _ -> "the whole namespace";
        };
    }
}
