package io.freshet.infra.local;

import io.freshet.infra.local.launch.Checkout;
import io.freshet.infra.local.launch.StartTraining;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.VarDirectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;

/** Makes the services that were just built ready for a quick start; the script calls it. */
@Command(name = "prepare", hidden = true)
final class PrepareCommand implements Callable<Integer> {
    /** Each training keeps one core busy. */
    private static final int AT_A_TIME = 2;

    @Override
    public Integer call() throws Exception {
        VarDirectory directory = Launcher.directory();
        directory.create();
        var training = new StartTraining(Checkout.current(), directory);
        List<Future<String>> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            Arrays.stream(Part.values())
                    .filter(Part::isService)
                    .forEach(service ->
                            answers.add(
                                    threads.submit(() ->
                                            training.prepare(service) ? "" : service.label())));
        }
        for (Future<String> answer : answers) {
            String untrained = answer.get();
            if (!untrained.isEmpty()) {
                System.err.println(
                        "%s has no start cache and will start slowly; %s"
                                .formatted(
                                        untrained, "its training.log under var/app may tell why."));
            }
        }
        return 0;
    }
}
