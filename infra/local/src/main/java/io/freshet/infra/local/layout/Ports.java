package io.freshet.infra.local.layout;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The port numbers of one local instance: each valid, no two the same. Immutable. */
public final class Ports {
    /**
     * The environment variable that shifts every usual port, for a second instance beside the
     * first.
     */
    public static final String OFFSET_VARIABLE = "FRESHET_PORT_OFFSET";

    private final Map<Port, Integer> numbers;

    private Ports(Map<Port, Integer> numbers) {
        this.numbers = numbers;
    }

    /**
     * Chooses each port: its option, else its environment variable, else its usual number plus the
     * offset.
     *
     * @throws IllegalArgumentException with a message for the user if a number is not a free-to-use
     *     port number or is chosen twice
     */
    public static Ports choose(
            Map<Port, Integer> options,
            Function<String, @Nullable String> environment,
            int offset) {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        var takenBy = new HashMap<Integer, Port>();
        for (Port port : Port.values()) {
            int number = options.getOrDefault(port, fromEnvironment(port, environment, offset));
            if (number < 1 || number > 65535) {
                throw new IllegalArgumentException(
                        "%s: %d is no port number (1 to 65535)".formatted(port.option(), number));
            }
            Port other = takenBy.putIfAbsent(number, port);
            if (other != null) {
                throw new IllegalArgumentException(
                        "%s and %s both say %d".formatted(other.option(), port.option(), number));
            }
            numbers.put(port, number);
        }
        return new Ports(numbers);
    }

    public int of(Port port) {
        return numbers.getOrDefault(port, port.usual());
    }

    private static int fromEnvironment(
            Port port, Function<String, @Nullable String> environment, int offset) {
        String chosen = environment.apply(port.variable());
        return chosen == null || chosen.isBlank()
                ? port.usual() + offset
                : number(port.variable(), chosen);
    }

    /** The number in an environment variable's text. */
    public static int number(String variable, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("%s: '%s' is no number".formatted(variable, text));
        }
    }
}
