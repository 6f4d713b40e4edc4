package io.freshet.warmer.verify;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks into a wrong answer: why was it given? Thread-safe; blocks. */
final class Inquiry {

    /** By how much the clocks of nodes may differ. */
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    private final Nodes nodes;
    private final Trail trail;

    Inquiry(Nodes nodes, Trail trail) {
        this.nodes = nodes;
        this.trail = trail;
    }

    /**
     * The cause.
     *
     * @param checked when the source was read to which the answer was compared
     */
    Cause causeOf(Sample sample, URI node, Answer.Held answer, Instant checked)
            throws InterruptedException {
        Spot spot = sample.spot();
        boolean passed = trail.awaitPast(spot, checked);
        Optional<Held> asked = nodes.explain(node, spot, answer.nearby());
        if (asked.isEmpty()) {
            return Cause.IN_FLIGHT;
        }
        Held held = asked.get();
        boolean stillAnswered = isStillAnswered(node, spot, answer) || held.knownAbsent();
        Here here = trail.here(spot);
        return Cause.of(
                new Cause.Facts(
                        stillAnswered,
                        held.isKilled(),
                        held.isEvictionApplied(),
                        held.stamp().isKilledBy(here.killer()),
                        passed,
                        stillAnswered && trail.isInInbox(spot, held.created(), checked),
                        held.created().isAfter(sample.since().plus(CLOCKS)),
                        here.loaded()));
    }

    /** Whether a node answers with what it knows to be outdated: wrong however short it was. */
    boolean isBroken(Spot spot, URI node, Answer.Held answer) {
        return nodes.explain(node, spot, answer.nearby()).filter(Held::isKilled).isPresent()
                && isStillAnswered(node, spot, answer);
    }

    private boolean isStillAnswered(URI node, Spot spot, Answer.Held answer) {
        return nodes.read(node, spot) instanceof Answer.Held again
                && again.content().equals(answer.content());
    }
}
