package io.freshet.infra.local;

import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.InstanceStatus;
import io.freshet.infra.local.supervision.InstanceStatus.Phase;
import io.freshet.infra.local.view.Terminal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows an instance while it starts and runs, from what its supervisor publishes. */
final class InstanceWatch {
    private static final long GLANCE_MS = 150;

    private final VarDirectory directory;
    private final SupervisorProcess supervisor;
    private final Terminal terminal;
    private final PartChanges changes;
    private final AtomicBoolean stopping = new AtomicBoolean();

    InstanceWatch(VarDirectory directory, SupervisorProcess supervisor, Terminal terminal) {
        this.directory = directory;
        this.supervisor = supervisor;
        this.terminal = terminal;
        this.changes = new PartChanges(terminal);
    }

    /** Shows the start and returns whether it succeeded; if not, it has said why. */
    boolean awaitUp() throws IOException, InterruptedException {
        while (true) {
            boolean lives = supervisor.isAlive();
            Optional<InstanceStatus> status = supervisor.status();
            if (!stopping.get()) {
                status.ifPresent(changes::show);
            }
            if (status.isPresent() && status.get().phase() == Phase.UP) {
                return true;
            }
            if (!lives) {
                new StartFailure(directory, terminal).explain(status);
                return false;
            }
            Thread.sleep(GLANCE_MS);
        }
    }

    /**
     * Shows the running instance until it ends.
     *
     * @return the exit code
     */
    int showUntilEnd(HitCounts counts) throws IOException, InterruptedException {
        while (supervisor.isAlive()) {
            Optional<InstanceStatus> status = supervisor.status();
            String footer = terminal.isInteractive() ? counts.current() : "";
            if (!stopping.get()) {
                status.ifPresent(now -> changes.show(now, footer));
            }
            Thread.sleep(GLANCE_MS);
        }
        return 0;
    }

    /** Stops the instance and shows that. For the thread that ends this process. */
    void stopInstance() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        try {
            new Shutdown(directory, terminal).run();
        } catch (IOException e) {
            System.err.println("Stopping failed: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
