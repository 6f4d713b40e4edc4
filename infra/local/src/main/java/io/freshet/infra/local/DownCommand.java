package io.freshet.infra.local;

import io.freshet.infra.local.view.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the instance, or what an earlier one left. */
@Command(
        name = "down",
        description = "Stop everything that up started.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        new Shutdown(Launcher.directory(), Terminal.standard()).run();
        return 0;
    }
}
