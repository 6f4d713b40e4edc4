package io.freshet.infra.local;

import io.freshet.infra.local.layout.Port;
import io.freshet.infra.local.layout.Ports;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The options that choose ports: one for each {@link Port}, and one that shifts all. */
final class PortOptions {
    private static final String OFFSET = "--port-offset";

    private PortOptions() {}

    static void addTo(CommandLine command) {
        for (Port port : Port.values()) {
            add(
                    command,
                    port.option(),
                    "PORT",
                    "%s (%d, or %s)".formatted(port.purpose(), port.usual(), port.variable()));
        }
        add(
                command,
                OFFSET,
                "N",
                "Add N to every usual port, for a second instance (or %s)."
                        .formatted(Ports.OFFSET_VARIABLE));
    }

    /** The ports that a command line asks for. */
    static Ports chosenIn(CommandLine command) {
        ParseResult parsed = command.getParseResult();
        var chosen = new EnumMap<Port, Integer>(Port.class);
        for (Port port : Port.values()) {
            Integer number = parsed.matchedOptionValue(port.option(), null);
            if (number != null) {
                chosen.put(port, number);
            }
        }
        try {
            return Ports.choose(chosen, System::getenv, offset(parsed));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
    }

    /** The arguments that make another command choose the same ports. */
    static List<String> arguments(Ports ports) {
        var arguments = new ArrayList<String>();
        for (Port port : Port.values()) {
            arguments.add(port.option() + "=" + ports.of(port));
        }
        return arguments;
    }

    private static int offset(ParseResult parsed) {
        Integer option = parsed.matchedOptionValue(OFFSET, null);
        if (option != null) {
            return option;
        }
        String variable = System.getenv(Ports.OFFSET_VARIABLE);
        return variable == null || variable.isBlank()
                ? 0
                : Ports.number(Ports.OFFSET_VARIABLE, variable);
    }

    private static void add(CommandLine command, String name, String label, String description) {
        command.getCommandSpec()
                .addOption(
                        OptionSpec.builder(name)
                                .type(Integer.class)
                                .paramLabel(label)
                                .description(description)
                                .build());
    }
}
