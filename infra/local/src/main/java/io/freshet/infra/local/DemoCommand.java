package io.freshet.infra.local;

import io.freshet.infra.local.demo.DemoException;
import io.freshet.infra.local.demo.Story;
import io.freshet.infra.local.layout.ClientEnvironment;
import io.freshet.infra.local.view.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells Freshet's story on the running instance. */
@Command(
        name = "demo",
        description = "Tell the story on the running instance; leaves its data as they were.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--pause",
            negatable = true,
            description = "Wait for Enter before each chapter (not the default).")
    private boolean pause;

    @Override
    public Integer call() throws Exception {
        var story =
                new Story(
                        ClientEnvironment.of(Launcher.directory())
                                .orElseThrow(() ->
                                        new Refusal(
                                                "Nothing is running: start it with"
                                                        + " ./freshet up --detach")),
                        Terminal.standard(),
                        pause ? DemoCommand::awaitEnter : () -> {});
        try {
            story.tell();
            return 0;
        } catch (DemoException | IOException | SQLException e) {
            throw new Refusal(String.valueOf(e.getMessage()));
        }
    }

    private static void awaitEnter() {
        try {
            int read = System.in.read();
            while (read >= 0 && read != '\n') {
                read = System.in.read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
