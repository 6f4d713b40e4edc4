package io.freshet.infra.local.launch;

import io.freshet.infra.local.layout.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The command lines of this launcher's Java children. None holds a secret. */
final class JavaCommand {
    private JavaCommand() {}

    /** The java that runs this. */
    static String executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * A service's.
     *
     * @param more options for its JVM, from {@code FRESHET_<SERVICE>_JAVA_OPTS}; the last one wins
     */
    static List<String> forService(Part service, Path jar, @Nullable String more) {
        List<String> command = forJvm(service);
        Path cache = BootApplication.startCache(jar);
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    /**
     * One that starts a service as far as its beans are made, ends, and leaves the cache of what
     * was loaded for that.
     */
    static List<String> forTraining(Part service, Path jar) {
        List<String> command = forJvm(service);
        command.add("-XX:AOTCacheOutput=" + BootApplication.startCache(jar));
        command.add("-Dspring.context.exit=onRefresh");
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    static String optionsVariable(Part service) {
        return "FRESHET_%s_JAVA_OPTS".formatted(service.name().toUpperCase(Locale.ROOT));
    }

    private static List<String> forJvm(Part service) {
        var command = new ArrayList<String>();
        command.add(executable());
        command.add("-Xmx" + heap(service));
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        return command;
    }

    private static String heap(Part service) {
        return switch (service) {
            case API_SERVICE -> "512m";
            case CDC_CONNECTOR, INVALIDATION_STREAM -> "384m";
            case WARMER_WORKER -> "256m";
            case REDIS, POSTGRES, KAFKA ->
                    throw new IllegalArgumentException(service + " is no service");
        };
    }
}
