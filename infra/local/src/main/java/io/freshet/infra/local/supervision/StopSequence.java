package io.freshet.infra.local.supervision;

import io.freshet.infra.local.layout.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stopping of all parts, group by group in {@link Part#STOP_ORDER}, in bounded time: 15 s at
 * most, whatever hangs.
 *
 * <p>A group that does not go in its time is left to SIGKILL, and in the end so is every process
 * that is still below this one: when the keepers have ended, since one of them may have been about
 * to start its part.
 */
final class StopSequence {
    private static final Logger log = LoggerFactory.getLogger(StopSequence.class);

    /** How long a service may take before it is killed; its group's time is a little longer. */
    static final Duration SERVICE_GRACE = Duration.ofSeconds(6);

    private static final Duration LAST_STEPS = Duration.ofSeconds(1);

    private final Map<Part, PartKeeper> keepers;
    private final List<Thread> threads;

    /**
     * @param threads of the keepers
     */
    StopSequence(Map<Part, PartKeeper> keepers, List<Thread> threads) {
        this.keepers = keepers;
        this.threads = threads;
    }

    void run() throws InterruptedException {
        for (Set<Part> group : Part.STOP_ORDER) {
            stop(group);
        }
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (Thread thread : threads) {
            thread.join(LAST_STEPS);
        }
        List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
        left.forEach(ProcessHandle::destroyForcibly);
    }

    private void stop(Set<Part> group) throws InterruptedException {
        List<PartKeeper> members =
                group.stream().filter(keepers::containsKey).map(keepers::get).toList();
        CompletableFuture<?> gone =
                CompletableFuture.allOf(
                        members.stream().map(PartKeeper::end).toArray(CompletableFuture[]::new));
        try {
            gone.get(timeFor(group).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            for (PartKeeper member : members) {
                log.atWarn()
                        .addKeyValue("part", member.part().label())
                        .log("killed, it did not stop");
                member.state()
                        .process()
                        .flatMap(running -> ProcessHandle.of(running.pid()))
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a keeper failed", e.getCause());
        }
    }

    private static Duration timeFor(Set<Part> group) {
        if (group.stream().anyMatch(Part::isService)) {
            return SERVICE_GRACE.plusSeconds(1);
        }
        return group.contains(Part.REDIS) ? Duration.ofSeconds(1) : Duration.ofMillis(3500);
    }
}
