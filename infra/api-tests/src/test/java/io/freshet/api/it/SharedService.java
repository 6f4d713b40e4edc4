package io.freshet.api.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes one service, started for the first that asks and stopped after the last test.
 * They keep apart by their keys.
 */
final class SharedService implements ParameterResolver {

    /** A machine that does much else at the same time answers late, and that is not tested here. */
    private static final Map<String, String> PATIENT =
            Map.of("freshet.redis.command-timeout", "5s");

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningService.class;
    }

    @Override
    public RunningService resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedService.class))
                .computeIfAbsent(RunningService.class, _ -> start(), RunningService.class);
    }

    private static RunningService start() {
        try {
            Path directory = Files.createTempDirectory("api-service");
            directory.toFile().deleteOnExit();
            var service = new RunningService(directory, PATIENT);
            await().atMost(START_TIMEOUT)
                    .until(() ->
                            service.management.get("/actuator/health/readiness").status() == 200);
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException | ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
