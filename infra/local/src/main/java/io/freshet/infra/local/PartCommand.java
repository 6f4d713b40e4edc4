package io.freshet.infra.local;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.EarlierInstance;
import io.freshet.infra.local.supervision.Order;
import io.freshet.infra.local.supervision.Orders;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Gives the supervisor an order about one part and waits until it is carried out. */
abstract class PartCommand implements Callable<Integer> {
    /** Longer than the supervisor takes to give up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Parameters(
            paramLabel = "PART",
            description = "One of ${COMPLETION-CANDIDATES}.",
            converter = ByLabel.class,
            completionCandidates = Labels.class)
    private @Nullable Part part;

    private final Order.Action action;

    private PartCommand(Order.Action action) {
        this.action = action;
    }

    @Override
    public Integer call() throws Exception {
        VarDirectory directory = Launcher.directory();
        if (part == null || !(EarlierInstance.in(directory) instanceof EarlierInstance.Running)) {
            throw new Refusal("Nothing is running: start it with ./freshet up");
        }
        var orders = new Orders(directory.control());
        String id = orders.give(new Order.ToPart(action, part));
        String answer =
                orders.awaitAnswer(id, PATIENCE)
                        .orElseThrow(() -> new Refusal("The supervisor does not answer."));
        if (!answer.startsWith(Orders.OK)) {
            throw new Refusal(part.label() + " " + answer);
        }
        System.out.println(part.label() + answer.substring(Orders.OK.length()));
        return 0;
    }

    @Command(
            name = "start",
            description = "Start one part again that was stopped or gave up.",
            mixinStandardHelpOptions = true)
    static final class Start extends PartCommand {
        Start() {
            super(Order.Action.START);
        }
    }

    @Command(
            name = "stop",
            description = "Stop one part and leave it stopped.",
            mixinStandardHelpOptions = true)
    static final class Stop extends PartCommand {
        Stop() {
            super(Order.Action.STOP);
        }
    }

    @Command(
            name = "restart",
            description = "Stop one part and start it again.",
            mixinStandardHelpOptions = true)
    static final class Restart extends PartCommand {
        Restart() {
            super(Order.Action.RESTART);
        }
    }

    /** Reads a part's label. */
    static final class ByLabel implements ITypeConverter<Part> {
        @Override
        public Part convert(String label) {
            return Part.labelled(label)
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "no part is called '%s': say one of %s"
                                            .formatted(label, String.join(", ", new Labels()))));
        }
    }

    /** All labels. */
    static final class Labels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Part.values()).map(Part::label).iterator();
        }
    }
}
