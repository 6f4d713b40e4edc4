package io.freshet.infra.servers.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A POSIX signal that can be sent to processes. */
public enum Signal {
    TERM,
    INT,
    QUIT,
    KILL,
    STOP,
    CONT;

    /** Sends it to each of them; one that is gone already is no error. */
    public void sendTo(Collection<ProcessHandle> processes) throws IOException {
        if (processes.isEmpty()) {
            return;
        }
        // kill is built into sh; a program of that name is missing on small systems.
        List<String> command =
                new ArrayList<>(
                        List.of("sh", "-c", "for p; do kill -" + name() + " $p; done", "sh"));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        Process sender =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            sender.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while sending SIG" + name(), e);
        }
    }
}
