package io.freshet.infra.local;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.VarDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the end of a part's log, and what is added to it. */
@Command(
        name = "logs",
        description = "Print the end of a part's log.",
        mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
    private static final String SUPERVISOR = "supervisor";

    @Parameters(
            paramLabel = "PART",
            description = "One of ${COMPLETION-CANDIDATES}.",
            completionCandidates = Names.class)
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "200",
            description = "How many lines (${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public Integer call() throws Exception {
        Path log = log(Launcher.directory());
        if (!Files.exists(log)) {
            throw new Refusal("No log yet: " + log);
        }
        var reader = new LogTail(log, System.out);
        reader.printLast(lines);
        while (follow) {
            reader.printNew();
            Thread.sleep(200);
        }
        return 0;
    }

    private Path log(VarDirectory directory) throws Refusal {
        if (name.equals(SUPERVISOR)) {
            return directory.supervisorLog();
        }
        return Part.labelled(name)
                .map(directory::log)
                .orElseThrow(() ->
                        new Refusal(
                                "There is no log of '%s': say one of %s"
                                        .formatted(name, String.join(", ", new Names()))));
    }

    /** All names that have a log. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            List<String> names = new ArrayList<>();
            new PartCommand.Labels().forEach(names::add);
            names.add(SUPERVISOR);
            return names.iterator();
        }
    }
}
