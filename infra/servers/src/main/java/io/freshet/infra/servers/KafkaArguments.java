package io.freshet.infra.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line of {@link KafkaProcess}. */
final class KafkaArguments {
    private KafkaArguments() {}

    /** The command line that says the same as these options. */
    static List<String> of(KafkaOptions options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--dir",
                                options.directory().toString(),
                                "--port",
                                Integer.toString(options.port()),
                                "--controller-port",
                                Integer.toString(options.controllerPort())));
        options.settings()
                .forEach((name, value) -> {
                    arguments.add("--set");
                    arguments.add(name + "=" + value);
                });
        return arguments;
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException naming the argument that is wrong or missing
     */
    static KafkaOptions parse(String[] args) {
        @Nullable KafkaOptions options = null;
        int port = 0;
        int controllerPort = 0;
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--dir" -> options = KafkaOptions.in(Path.of(value));
                case "--port" -> port = Integer.parseInt(value);
                case "--controller-port" -> controllerPort = Integer.parseInt(value);
                case "--set" -> {
                    String[] setting = value.split("=", 2);
                    if (setting.length != 2) {
                        throw new IllegalArgumentException("--set needs name=value: " + value);
                    }
                    settings.put(setting[0], setting[1]);
                }
                default -> throw new IllegalArgumentException("Unknown argument " + args[i]);
            }
        }
        if (options == null) {
            throw new IllegalArgumentException("--dir is missing");
        }
        return options.port(port).controllerPort(controllerPort).settings(settings);
    }
}
