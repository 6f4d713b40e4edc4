package io.freshet.infra.local.supervision;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.ProcessId;
import io.freshet.infra.local.layout.VarDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What an earlier start has left in a directory. */
public sealed interface EarlierInstance {
    /** Nothing, or only what a clean stop leaves. */
    record None() implements EarlierInstance {}

    /** It is still there. */
    record Running(InstanceStatus status) implements EarlierInstance {}

    /**
     * Its supervisor ended without cleaning up: killed, or the machine went down.
     *
     * @param alive the processes of it that still run
     * @param stale the parts whose pid file names no living process
     */
    record Remains(Map<Part, ProcessHandle> alive, Set<Part> stale) implements EarlierInstance {

        /** Stops what still runs, in the usual order, and removes its files. */
        public void clear(VarDirectory directory) throws IOException, InterruptedException {
            for (Set<Part> group : Part.STOP_ORDER) {
                for (Part part : group) {
                    ProcessHandle process = alive.get(part);
                    if (process != null) {
                        process.destroy();
                    }
                }
                for (Part part : group) {
                    ProcessHandle process = alive.get(part);
                    if (process != null && !ends(process)) {
                        process.destroyForcibly();
                        ends(process);
                    }
                    Files.deleteIfExists(directory.pidFile(part));
                }
            }
            Files.deleteIfExists(directory.status());
            Files.deleteIfExists(directory.environmentFile());
        }

        private static boolean ends(ProcessHandle process) throws InterruptedException {
            try {
                process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException _) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** How long a part that was left over may take to end by itself. */
    Duration PATIENCE = Duration.ofSeconds(5);

    static EarlierInstance in(VarDirectory directory) throws IOException {
        Optional<InstanceStatus> status = InstanceStatus.readFrom(directory.status());
        if (status.isPresent() && status.get().supervisor().alive().isPresent()) {
            return new Running(status.get());
        }
        var alive = new EnumMap<Part, ProcessHandle>(Part.class);
        Set<Part> stale = EnumSet.noneOf(Part.class);
        for (Part part : Part.values()) {
            if (Files.exists(directory.pidFile(part))) {
                ProcessId.readFrom(directory.pidFile(part))
                        .flatMap(ProcessId::alive)
                        .ifPresentOrElse(
                                process -> alive.put(part, process), () -> stale.add(part));
            }
        }
        return alive.isEmpty() && stale.isEmpty() ? new None() : new Remains(alive, stale);
    }
}
