package io.freshet.infra.local.launch;

import io.freshet.infra.local.supervision.PartStartException;
import io.freshet.infra.local.supervision.PartStarter;
import io.freshet.infra.local.supervision.RunningPart;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts one service; its output is added to its log. */
public final class ServiceStarter implements PartStarter {
    /**
     * What to start.
     *
     * @param environment added to this process's own
     * @param notInherited variables of this process that the service must not see
     * @param log what it prints
     * @param readiness answers 200 when the service can do its work
     */
    public record Plan(
            Command command,
            Map<String, String> environment,
            Set<String> notInherited,
            Path log,
            URI readiness) {}

    /** Makes the command line; unpacks what must be unpacked for it. */
    @FunctionalInterface
    public interface Command {
        List<String> line() throws IOException, InterruptedException;
    }

    private final Plan plan;
    private final HttpClient http;

    public ServiceStarter(Plan plan, HttpClient http) {
        this.plan = plan;
        this.http = http;
    }

    @Override
    public RunningPart start() throws PartStartException, InterruptedException {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(plan.command().line())
                            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
            builder.environment().keySet().removeAll(plan.notInherited());
            builder.environment().putAll(plan.environment());
            return new ServiceProcess(builder.start(), http, plan.readiness());
        } catch (IOException e) {
            throw new PartStartException(String.valueOf(e.getMessage()), e);
        }
    }
}
