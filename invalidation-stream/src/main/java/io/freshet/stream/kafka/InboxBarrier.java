package io.freshet.stream.kafka;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.stream.applier.NamespaceNames;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What stands in the log for invalidations that were removed from the inbox before they were
 * routed: the hard invalidation of every namespace.
 */
final class InboxBarrier {

    private InboxBarrier() {}

    /**
     * The records, at the place of the last one that is lost.
     *
     * @throws IllegalStateException when the namespaces are not known yet: then nothing behind the
     *     loss may be routed
     */
    static List<LogRecord> of(InputGaps.Gap gap, NamespaceNames catalog, Instant now) {
        Set<Namespace> namespaces =
                catalog.names()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "invalidations were lost, and which namespaces"
                                                + " there are is not known yet: waiting"
                                                + " for the catalog"));
        var last = new InboxPosition(gap.partition().partition(), gap.to() - 1);
        var cause =
                Cause.of(
                        Cause.Kind.BARRIER,
                        null,
                        "retention removed %d to %d of %s unread"
                                .formatted(gap.from(), gap.to() - 1, gap.partition()));
        return namespaces.stream()
                .sorted(Comparator.comparing(Namespace::value))
                .map(namespace ->
                        new LogRecord(
                                new Event.Invalidation(
                                        "barrier:" + last,
                                        new Target.OfNamespace(namespace),
                                        Mode.HARD,
                                        null,
                                        cause,
                                        now),
                                last))
                .toList();
    }
}
