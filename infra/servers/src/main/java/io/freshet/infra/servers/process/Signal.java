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
    void sendTo(Collection<ProcessHandle> processes) throws IOException {
        if (processes.isEmpty()) {
            return;
        }
        // kill is built into sh; a program of that name is missing on small systems.
        List<String> words = new ArrayList<>(List.of("sh", "-c"));
        words.add("for p; do kill -" + name() + " $p; done; true");
        words.add("sh");
        processes.forEach(process -> words.add(Long.toString(process.pid())));
        if (!Command.of(words).succeeds()) {
            throw new IOException("SIG" + name() + " could not be sent");
        }
    }
}
