package io.freshet.warmer.trigger;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.warmer.job.JobQueue;
import io.freshet.warmer.job.Ownership;
import io.freshet.warmer.popularity.Popularity;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the jobs that nobody asks for, once it is time. Called by one thread, about once a second.
 *
 * <p>Each namespace is watched over by one worker; only of a loss of Redis the one that notices it
 * speaks for all namespaces. While the group hands partitions on, a job may be made twice, which
 * costs nothing (what is fresh is not loaded again), or a time of a schedule may be passed over.
 */
public final class Triggers {

    private static final Logger log = LoggerFactory.getLogger(Triggers.class);

    private final Namespaces namespaces;
    private final Ownership ownership;
    private final Popularity popularity;
    private final JobQueue queue;
    private final LossWatch losses;
    private final Barriers barriers;
    private final MissWatch misses;
    private final Schedules schedules = new Schedules();
    private boolean hasStarted;

    public Triggers(
            Namespaces namespaces,
            Ownership ownership,
            Popularity popularity,
            JobQueue queue,
            LossWatch losses,
            Barriers barriers,
            MissWatch misses) {
        this.namespaces = namespaces;
        this.ownership = ownership;
        this.popularity = popularity;
        this.queue = queue;
        this.losses = losses;
        this.barriers = barriers;
        this.misses = misses;
    }

    /** Makes the jobs whose time has come; blocks while they are handed over. */
    public void look(Instant now) throws InterruptedException {
        List<NamespaceConfig> all =
                namespaces.all().stream().filter(namespace -> namespace.source() != null).toList();
        List<NamespaceConfig> mine =
                all.stream().filter(namespace -> ownership.has(namespace.name())).toList();
        Set<Namespace> asked = new HashSet<>();
        if (losses.isTimeToWarm(now)) {
            want(all, Reason.REDIS_LOSS, asked, now);
        }
        Set<Namespace> untrusted = barriers.take();
        want(
                mine.stream().filter(of -> untrusted.contains(of.name())).toList(),
                Reason.BARRIER,
                asked,
                now);
        if (!hasStarted && !ownership.isEmpty()) {
            hasStarted = true;
            want(mine, Reason.START, asked, now);
        }
        want(schedules.due(mine, now), Reason.SCHEDULE, asked, now);
        for (MissWatch.Missed missed : misses.tooMany(mine, now)) {
            if (!missed.keys().isEmpty()) {
                submit(missed.namespace(), new Selection.Keys(missed.keys()), Reason.MISSES, now);
            }
        }
    }

    private void want(
            Collection<NamespaceConfig> some, Reason reason, Set<Namespace> asked, Instant now)
            throws InterruptedException {
        for (NamespaceConfig namespace : some) {
            if (wantsSomething(namespace) && asked.add(namespace.name())) {
                submit(namespace, new Selection.Wanted(), reason, now);
            }
        }
    }

    private boolean wantsSomething(NamespaceConfig namespace) {
        return !namespace.warming().queries().isEmpty()
                || (namespace.warming().top() > 0
                        && !popularity.top(namespace.name(), 1).isEmpty());
    }

    private void submit(NamespaceConfig namespace, Selection selection, Reason reason, Instant now)
            throws InterruptedException {
        var job =
                new WarmJob(
                        UUID.randomUUID().toString(),
                        namespace.name(),
                        selection,
                        reason.requestedBy(),
                        now);
        try {
            queue.submit(job);
            log.atInfo()
                    .addKeyValue("job", job.id())
                    .addKeyValue("namespace", job.namespace())
                    .addKeyValue("requestedBy", job.requestedBy())
                    .log("warming");
        } catch (IllegalStateException e) {
            log.atWarn()
                    .addKeyValue("namespace", job.namespace())
                    .addKeyValue("requestedBy", job.requestedBy())
                    .setCause(e)
                    .log("a warm job could not be handed over");
        }
    }
}
