package io.freshet.infra.local;

import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.EarlierInstance;
import io.freshet.infra.local.supervision.InstanceStatus;
import io.freshet.infra.local.supervision.Order;
import io.freshet.infra.local.supervision.Orders;
import io.freshet.infra.local.supervision.PartStatus;
import io.freshet.infra.local.view.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Stops a running instance and shows it going; what does not go by itself is killed. */
final class Shutdown {
    /** A little more than the supervisor allows itself. */
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static final long GLANCE_MS = 100;

    private final VarDirectory directory;
    private final Terminal terminal;

    Shutdown(VarDirectory directory, Terminal terminal) {
        this.directory = directory;
        this.terminal = terminal;
    }

    /** Returns when nothing of the instance runs any more; says so too when there is none. */
    void run() throws IOException, InterruptedException {
        switch (EarlierInstance.in(directory)) {
            case EarlierInstance.None _ -> terminal.line("Nothing is running.");
            case EarlierInstance.Running(var status) -> stop(status);
            case EarlierInstance.Remains remains -> clear(remains);
        }
    }

    private void stop(InstanceStatus status) throws IOException, InterruptedException {
        long start = System.nanoTime();
        terminal.line("Stopping ...");
        new Orders(directory.control()).give(new Order.ShutDown());
        var changes = new PartChanges(terminal);
        while (status.supervisor().alive().isPresent()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                terminal.line("The supervisor does not answer: killing it and its parts.");
                status.supervisor().alive().ifPresent(ProcessHandle::destroyForcibly);
                status.supervisor().awaitEnd();
                break;
            }
            InstanceStatus.readFrom(directory.status())
                    .filter(now -> now.phase() != InstanceStatus.Phase.UP)
                    .ifPresent(changes::show);
            Thread.sleep(GLANCE_MS);
        }
        if (EarlierInstance.in(directory) instanceof EarlierInstance.Remains remains) {
            clear(remains);
        }
        terminal.line(
                "Stopped %s in %.1f s."
                        .formatted(names(status.parts()), (System.nanoTime() - start) / 1e9));
    }

    private void clear(EarlierInstance.Remains remains) throws IOException, InterruptedException {
        remains.clear(directory);
        remains.alive()
                .forEach((part, process) ->
                        terminal.line(
                                "Stopped %s (pid %d), left over from an earlier instance."
                                        .formatted(part.label(), process.pid())));
        if (remains.alive().isEmpty()) {
            terminal.line("Nothing is running; removed what an earlier instance left.");
        }
    }

    private static String names(List<PartStatus> parts) {
        return parts.stream()
                .filter(part -> part.pid() != 0)
                .map(part -> part.part().label())
                .collect(Collectors.joining(", "));
    }
}
