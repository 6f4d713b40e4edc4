package io.freshet.infra.servers;

import io.freshet.infra.servers.container.ContainerPlan;
import io.freshet.infra.servers.container.Engine;
import io.freshet.infra.servers.container.ServerContainer;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that is a container: the life cycle that all of them share. */
abstract class ContainerServer implements RunningServer {
    private static final Logger log = LoggerFactory.getLogger(ContainerServer.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
    private static final String ADVICE = "docs/containers.md says what an image must be like.";

    private final String name;
    private final Engine engine;
    private final ContainerPlan plan;
    private final Duration startTimeout;
    private volatile @Nullable ServerContainer container;

    ContainerServer(String name, Engine engine, ContainerPlan plan, Duration startTimeout) {
        this.name = name;
        this.engine = engine;
        this.plan = plan;
        this.startTimeout = startTimeout;
    }

    /** Whether the server answers a client. */
    abstract boolean answers();

    final void start() {
        long begun = System.nanoTime();
        Ports.requireFree(plan.port(), name);
        try {
            ServerContainer started = ServerContainer.start(engine, plan);
            container = started;
            awaitReady(started);
        } catch (IOException e) {
            throw new ServerStartException(name + " did not start: " + e.getMessage(), e);
        } catch (ServerStartException e) {
            close();
            throw e;
        }
        log.atInfo()
                .addKeyValue("server", name)
                .addKeyValue("image", plan.image().name())
                .addKeyValue("pid", pid())
                .addKeyValue("millis", Duration.ofNanos(System.nanoTime() - begun).toMillis())
                .log("Started");
    }

    private void awaitReady(ServerContainer started) {
        new Readiness(name, startTimeout, ADVICE)
                .await(Readiness.Starting.of(started), this::answers);
    }

    private ServerContainer container() {
        return Objects.requireNonNull(container, "not started");
    }

    @Override
    public final long pid() {
        return container().pid();
    }

    @Override
    public final boolean isAlive() {
        return container().isAlive();
    }

    @Override
    public final void kill() {
        container().kill();
    }

    @Override
    public final void restart() {
        close();
        start();
    }

    @Override
    public final void pause() {
        container().pause();
    }

    @Override
    public final void resume() {
        container().resume();
    }

    @Override
    public final void close() {
        container().stop(STOP_PATIENCE);
    }
}
