package io.freshet.infra.local.launch;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.VarDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Makes the services of a build ready for a quick start: unpacks them, and lets the JVM record what
 * each loads while its beans are made (JEP 514, JEP 515). Needs no server; done once per build.
 *
 * <p>A service that cannot be trained starts all the same, only slower.
 */
public final class StartTraining {
    private static final long SECONDS = 120;

    /** Settings that are asked for before anything starts; nothing is ever asked at these. */
    private static final Map<String, String> PLACEHOLDERS =
            Map.of(
                    "SERVER_PORT", "0",
                    "MANAGEMENT_SERVER_PORT", "0",
                    "FRESHET_KAFKA_BOOTSTRAPSERVERS", "127.0.0.1:1",
                    "FRESHET_REDIS_URI", "redis://127.0.0.1:1",
                    "FRESHET_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/none",
                    "FRESHET_POSTGRES_USER", "none",
                    "FRESHET_POSTGRES_PASSWORD", "none",
                    "FRESHET_API_TOKEN", "0123456789abcdef0123456789abcdef",
                    "FRESHET_NODE_ID", "training");

    private final Checkout checkout;
    private final VarDirectory directory;

    public StartTraining(Checkout checkout, VarDirectory directory) {
        this.checkout = checkout;
        this.directory = directory;
    }

    /**
     * Prepares one service, unless it is prepared already.
     *
     * @return whether it will start quickly
     */
    public boolean prepare(Part service) throws IOException, InterruptedException {
        Path jar =
                new BootApplication(
                                service.label(), checkout.jarOf(service), directory.applications())
                        .unpacked();
        Path cache = BootApplication.startCache(jar);
        if (!Files.exists(cache)) {
            train(service, jar);
        }
        return Files.exists(cache);
    }

    private void train(Part service, Path jar) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(JavaCommand.forTraining(service, jar))
                        .redirectErrorStream(true)
                        .redirectOutput(jar.resolveSibling("training.log").toFile());
        builder.environment().putAll(PLACEHOLDERS);
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
