package io.freshet.stream.applier;

import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.store.Marker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Learns from their markers where the buckets of namespaces stand. Waits for the store, as {@link
 * PartitionApplier} does.
 */
final class MarkerSurvey {

    private final EvictionTarget target;
    private final BucketOffsets offsets;
    private final Cursor cursor;
    private final Set<Namespace> withoutMarkers = new HashSet<>();
    private final List<Bucket> ofFormerEpochs = new ArrayList<>();
    private Stamp logEnd = Stamp.ZERO;
    private Stamp seen = Stamp.ZERO;

    MarkerSurvey(EvictionTarget target, BucketOffsets offsets, Cursor cursor) {
        this.target = target;
        this.offsets = offsets;
        this.cursor = cursor;
    }

    /** The end of the log, as it was told last: no bucket may have seen more. */
    Stamp logEnd() {
        return logEnd;
    }

    void logEndsAt(Stamp end) {
        logEnd = end;
    }

    /**
     * Requires that the log reaches as far as the buckets have seen it.
     *
     * @throws IllegalStateException with the mend
     */
    void requireNoneAhead() {
        if (seen.epoch() > logEnd.epoch()) {
            throw new IllegalStateException(
                    ("Redis has seen epoch %d of the log, and %d is configured: set"
                                    + " freshet.topics.epoch to at least %d in every service")
                            .formatted(seen.epoch(), logEnd.epoch(), seen.epoch()));
        }
        if (logEnd.isKilledBy(seen)) {
            throw new IllegalStateException(
                    ("the log ends at %s, but Redis has seen it up to %s: it was lost or made anew,"
                                    + " and stamps no longer tell what is fresh; begin a new epoch"
                                    + " (freshet.topics.epoch) in every service")
                            .formatted(logEnd, seen));
        }
    }

    /** Learns of namespaces that are not known yet. */
    void learn(Collection<Namespace> names) {
        List<Namespace> unknown = names.stream().filter(name -> !offsets.isTracked(name)).toList();
        Answers.eachOf(
                unknown,
                name -> target.markers(name, offsets.buckets()),
                _ -> PartitionApplier.SCRIPT,
                this::track);
    }

    /**
     * While the catalog cannot be read: a namespace with evictions is one of ours if its buckets
     * have markers; without any it holds nothing that could be evicted.
     */
    void adopt(List<Positioned> records) {
        Set<Namespace> strangers = new HashSet<>();
        for (Positioned record : records) {
            Namespace namespace = record.namespace();
            if (namespace != null
                    && !offsets.isTracked(namespace)
                    && !withoutMarkers.contains(namespace)) {
                strangers.add(namespace);
            }
        }
        Answers.eachOf(
                strangers,
                name -> target.markers(name, offsets.buckets()),
                _ -> PartitionApplier.SCRIPT,
                (name, markers) -> {
                    if (markers.isEmpty()) {
                        withoutMarkers.add(name);
                    } else {
                        track(name, markers);
                    }
                });
    }

    /**
     * Buckets found in a former epoch, until they have begun this one: its positions say nothing of
     * this one, nor do the offsets beside them, so what they hold is not to be trusted.
     */
    List<Bucket> ofFormerEpochs() {
        return List.copyOf(ofFormerEpochs);
    }

    void begunThisEpoch() {
        ofFormerEpochs.clear();
    }

    private void track(Namespace name, Map<Integer, Marker> markers) {
        offsets.track(name);
        markers.forEach((bucket, marker) -> take(new Bucket(name, bucket), marker));
    }

    /** Takes the marker of a bucket that was looked at, or that was given it. */
    void take(Bucket bucket, Marker marker) {
        Stamp applied = marker.applied();
        seen = Stamp.max(seen, applied);
        if (!applied.equals(Stamp.ZERO) && applied.epoch() < logEnd.epoch()) {
            ofFormerEpochs.add(bucket);
            return;
        }
        offsets.set(bucket.namespace(), bucket.number(), marker.nextOffset());
        cursor.need(marker.nextOffset());
    }
}
