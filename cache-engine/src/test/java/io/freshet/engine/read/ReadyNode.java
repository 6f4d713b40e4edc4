package io.freshet.engine.read;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.log.InboxProgress;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.StalePolicy;
import io.freshet.engine.near.NearCache;
import io.freshet.engine.store.PutOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The paths of a node that has consumed an empty log, and what it registers and publishes. */
final class ReadyNode {

    static final Duration WINDOW = Duration.ofSeconds(2);
    static final NamespaceConfig SOURCED = config("orders", true);
    static final NamespaceConfig PUT_ONLY = config("sessions", false);

    final List<Registration> registrations = new ArrayList<>();
    final List<Event> published = new ArrayList<>();
    final Paths paths;
    Instant now = Instant.parse("2026-01-01T12:00:00Z");

    ReadyNode(CompletionStage<PutOutcome> toPut) {
        var view = new LogView(new Partitioning(1, 1), ViewLimits.DEFAULT);
        view.begin(0, Stamp.of(1, 0), Stamp.of(1, 0));
        var watermarks = new Watermarks(1, 1);
        watermarks.heartbeat(0, 0, new Event.Heartbeat("primary", new Lsn(1), now));
        paths =
                Paths.over(
                        new Paths.World(
                                "node",
                                "primary",
                                view,
                                new InboxProgress(1, 1),
                                watermarks,
                                new FakeStore(toPut),
                                new NearCache(0, () -> now),
                                this::register,
                                this::publish,
                                _ -> new CompletableFuture<>(),
                                () -> now,
                                Runnable::run,
                                LoadObserver.NONE));
    }

    private CompletionStage<Void> register(Registration registration) {
        registrations.add(registration);
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<InboxPosition> publish(Event event) {
        published.add(event);
        return CompletableFuture.completedStage(new InboxPosition(0, 0));
    }

    private static NamespaceConfig config(String name, boolean isSourced) {
        return NamespaceConfig.builder(new Namespace(name))
                .window(WINDOW, StalePolicy.BYPASS)
                .source(
                        isSourced
                                ? new SqlSourceConfig(
                                        "primary", "SELECT :key", Duration.ofSeconds(9), List.of())
                                : null)
                .build();
    }
}
