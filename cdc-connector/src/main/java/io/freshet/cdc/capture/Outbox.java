package io.freshet.cdc.capture;

import io.freshet.cdc.database.Reading;
import io.freshet.cdc.metrics.CaptureMetrics;
import io.freshet.cdc.position.Loss;
import io.freshet.cdc.publish.DeadLetter;
import io.freshet.cdc.publish.Inbox;
import io.freshet.cdc.publish.JoinedKeys;
import io.freshet.cdc.rule.Match;
import io.freshet.cdc.visibility.Step;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Lsn;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what the barrier lets go into events of the inbox. Nothing waits for Kafka: what is
 * acknowledged is asked for later. One thread at a time.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Inbox inbox;
    private final String source;
    private final CaptureMetrics metrics;
    private final CaptureStatus status;
    private final Clock clock;
    private final CaptureSpans spans;
    private final Deque<Passed> passed = new ArrayDeque<>();

    /**
     * A position to restart from, once all that was sent before it has arrived.
     *
     * @param sent how many records that is
     */
    private record Passed(Lsn position, long sent) {}

    Outbox(
            Inbox inbox,
            String source,
            CaptureMetrics metrics,
            CaptureStatus status,
            Clock clock,
            CaptureSpans spans) {
        this.inbox = inbox;
        this.source = source;
        this.metrics = metrics;
        this.status = status;
        this.clock = clock;
        this.spans = spans;
    }

    /**
     * Carries out steps in order.
     *
     * @param reading the one that the steps rest on
     */
    void carryOut(List<Step<Work, Event.Heartbeat, Lsn>> steps, Reading reading)
            throws InterruptedException {
        Lsn last = null;
        for (Step<Work, Event.Heartbeat, Lsn> step : steps) {
            switch (step) {
                case Step.Publish<Work, Event.Heartbeat, Lsn> publication ->
                        publish(publication, reading);
                case Step.Forward<Work, Event.Heartbeat, Lsn>(Event.Heartbeat heartbeat) -> {
                    inbox.send(heartbeat);
                    status.heartbeatForwarded(heartbeat.at());
                }
                case Step.Advance<Work, Event.Heartbeat, Lsn>(Lsn position) -> last = position;
            }
        }
        if (last != null) {
            passed.addLast(new Passed(last, inbox.sent()));
        }
    }

    /**
     * The last position before which everything has arrived; null when there is none since the last
     * call.
     *
     * @throws org.apache.kafka.common.KafkaException when something does not arrive
     */
    @Nullable Lsn arrived() throws InterruptedException {
        long acknowledged = inbox.acknowledged();
        Lsn last = null;
        while (!passed.isEmpty() && passed.getFirst().sent() <= acknowledged) {
            last = passed.removeFirst().position();
        }
        return last;
    }

    /** Makes everything that a loss may concern untrusted; blocks until that is acknowledged. */
    void raiseBarriers(List<Loss> losses, Lsn written) throws InterruptedException {
        for (Loss loss : losses) {
            LOG.atWarn()
                    .addKeyValue("source", source)
                    .addKeyValue("reason", loss.reason())
                    .addKeyValue("namespaces", loss.namespaces())
                    .log("changes may have been missed: invalidating whole namespaces");
            status.lossFound(loss, clock.instant());
            distrust(loss, written);
        }
        inbox.awaitAcknowledged();
    }

    /** Makes what a loss concerns untrusted, and says so to nobody else. */
    void distrust(Loss loss, Lsn written) throws InterruptedException {
        metrics.barrier(loss.cause(), loss.namespaces().size());
        var cause = Cause.of(Cause.Kind.BARRIER, source, loss.reason());
        for (var namespace : loss.namespaces()) {
            inbox.send(
                    new Event.Invalidation(
                            null,
                            new Target.OfNamespace(namespace),
                            Mode.HARD,
                            written,
                            cause,
                            clock.instant()));
        }
    }

    /** Sends what is no event to the dead letters. */
    void setAside(List<DeadLetter> letters) throws InterruptedException {
        for (DeadLetter letter : letters) {
            inbox.setAside(letter);
            metrics.setAside(letter.reason());
            LOG.atWarn()
                    .addKeyValue("origin", letter.headers())
                    .log("a message that should invalidate cannot be read");
        }
    }

    private Cause causeOf(Finding finding, long transaction) {
        return switch (finding) {
            case Finding.ByRule(Match match) ->
                    new Cause(Cause.Kind.CDC, source, transaction, match.rule());
            case Finding.ByCall(_, _, var caller) ->
                    new Cause(Cause.Kind.SQL, source, transaction, caller);
        };
    }

    /**
     * None from a transaction that is or was published early: what nobody can read yet, and might
     * never come to be, is no value.
     */
    private static @Nullable NewRow rowOf(Finding finding, Step.Timing timing) {
        return switch (timing) {
            case VISIBLE -> finding instanceof Finding.ByRule(Match match) ? match.row() : null;
            case EARLY, AGAIN -> null;
        };
    }

    private void publish(Step.Publish<Work, Event.Heartbeat, Lsn> publication, Reading reading)
            throws InterruptedException {
        Work work = publication.work();
        long transaction = reading.snapshot().extend(work.transaction());
        Lsn lsn = work.commit() == null ? reading.written() : work.commit();
        CaptureSpans.OfWork traced = spans.begin(work, transaction);
        JoinedKeys joined = inbox.joinedKeys();
        for (Finding finding : work.findings()) {
            var event =
                    new Event.Invalidation(
                            null,
                            finding.target(),
                            finding.mode(),
                            lsn,
                            causeOf(finding, transaction),
                            work.committedAt(),
                            rowOf(finding, publication.timing()),
                            finding.isRefreshed());
            send(joined.add(event), traced);
            switch (finding) {
                case Finding.ByRule(Match match) -> metrics.published(match.rule());
                case Finding.ByCall _ -> metrics.publishedCall();
            }
        }
        send(joined.rest(), traced);
        traced.end(publication.timing());
        metrics.waited(publication.waited());
        if (publication.timing() == Step.Timing.EARLY) {
            metrics.publishedEarly();
            LOG.atWarn()
                    .addKeyValue("source", source)
                    .addKeyValue("transaction", transaction)
                    .addKeyValue("waited", publication.waited())
                    .log("published before it is visible, and again when it is");
        }
    }

    private void send(List<Event.Invalidation> events, CaptureSpans.OfWork traced)
            throws InterruptedException {
        for (Event.Invalidation event : events) {
            inbox.send(event, traced.publication(event));
        }
    }
}
