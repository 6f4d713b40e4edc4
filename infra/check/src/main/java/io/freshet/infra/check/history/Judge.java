package io.freshet.infra.check.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Judges a history by one rule: an answer shows no state older than the newest one whose commit was
 * acknowledged before the request began, less the window; and none older than what the request
 * demanded; and none that was never committed.
 */
public final class Judge {

    private static final int SHOWN = 20;
    private static final int AROUND = 4;

    private final long windowNanos;

    public Judge(Duration window) {
        this.windowNanos = window.toNanos();
    }

    public Verdict judge(History history) {
        var sum = new Sum();
        history.tracks().forEach(track -> new OfRegister(track).addTo(sum));
        List<Violation> earliest =
                sum.violations.stream()
                        .sorted(Comparator.comparingLong(found -> found.read.started()))
                        .limit(SHOWN)
                        .map(Found::violation)
                        .toList();
        return new Verdict(
                earliest,
                sum.violations.size(),
                Spread.of(sum.answers.build()),
                Spread.of(sum.commits.build()));
    }

    private static final class Sum {
        private final List<Found> violations = new ArrayList<>();
        private final LongStream.Builder answers = LongStream.builder();
        private final LongStream.Builder commits = LongStream.builder();
    }

    /** A violation whose surroundings are only looked up when it is to be shown. */
    private record Found(OfRegister of, Read read, int seen) {

        Violation violation() {
            return seen == Timeline.NEVER
                    ? new Violation.NeverCommitted(of.track.register(), read, of.around(read))
                    : new Violation.Outdated(
                            of.track.register(),
                            read,
                            of.timeline.write(seen + 1),
                            of.around(read));
        }
    }

    private final class OfRegister {
        private final History.Track track;
        private final Timeline timeline;
        private final List<Read> reads;

        OfRegister(History.Track track) {
            this.track = track;
            this.timeline = new Timeline(track.writes());
            this.reads = track.reads();
        }

        void addTo(Sum sum) {
            long[] missing = new long[timeline.size()];
            int newestRead = Timeline.BEFORE;
            for (Read read : reads) {
                int seen = timeline.seenBy(read);
                newestRead = Math.max(newestRead, seen);
                if (seen == Timeline.NEVER
                        || seen < timeline.acknowledgedBy(read.required(windowNanos))) {
                    sum.violations.add(new Found(this, read, seen));
                }
                if (seen != Timeline.NEVER) {
                    sum.answers.add(outdatedBy(read, seen, missing));
                }
            }
            for (int number = 0; number <= newestRead; number++) {
                sum.commits.add(missing[number]);
            }
        }

        /** For how long the next state had been acknowledged; notes what each commit missed. */
        private long outdatedBy(Read read, int seen, long[] missing) {
            int newest = timeline.acknowledgedBy(read.started());
            for (int number = seen + 1; number <= newest; number++) {
                long late = read.started() - timeline.write(number).acknowledged();
                missing[number] = Math.max(missing[number], late);
            }
            return seen < newest
                    ? Math.max(1, read.started() - timeline.write(seen + 1).acknowledged())
                    : 0;
        }

        List<String> around(Read read) {
            int seen = Math.max(timeline.seenBy(read), 0);
            int newest = timeline.acknowledgedBy(read.started());
            Stream<String> writes =
                    Stream.iterate(seen, number -> number + 1)
                            .limit(Math.max(0, Math.min(newest - seen + 1, 2 * AROUND)))
                            .map(timeline::write)
                            .map(write ->
                                    "%s %s committed"
                                            .formatted(
                                                    since(read, write.acknowledged()),
                                                    write.state()));
            int at = reads.indexOf(read);
            Stream<String> others =
                    reads
                            .subList(
                                    Math.max(0, at - AROUND),
                                    Math.min(reads.size(), at + AROUND + 1))
                            .stream()
                            .map(other ->
                                    "%s %s read from %s%s"
                                            .formatted(
                                                    since(read, other.started()),
                                                    other.state(),
                                                    other.by(),
                                                    other.equals(read) ? "  <- this" : ""));
            return Stream.concat(writes, others).toList();
        }

        private static String since(Read read, long instant) {
            return "%+8d ms".formatted(Duration.ofNanos(instant - read.started()).toMillis());
        }
    }
}
