package io.freshet.infra.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Tells Freshet's story on the running instance. */
@Command(
        name = "demo",
        description = "Tell the story on the running instance.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        throw new Refusal("not yet");
    }
}
