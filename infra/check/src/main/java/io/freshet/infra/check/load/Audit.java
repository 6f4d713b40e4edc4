package io.freshet.infra.check.load;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Read;
import io.freshet.infra.check.instance.Api;
import io.freshet.infra.check.instance.Api.Answer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of every cached value with the database when nothing is written any more: from
 * each node's memory, and past it from Redis. What is wrong is asked for again; what stays wrong is
 * permanently stale.
 */
public final class Audit {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Ground ground;
    private final History history;

    public Audit(Ground ground, History history) {
        this.ground = ground;
        this.history = history;
    }

    /** A value that does not become what the database says. */
    public record Stale(
            String key, String by, Ground.@Nullable Shown shown, Ground.@Nullable Shown truth) {

        @Override
        public String toString() {
            return "%s: %s answers %s, the database says %s".formatted(key, by, shown, truth);
        }
    }

    /** The way that a value is asked for. */
    private record Way(Api node, String key, Map<String, String> headers) {}

    /** What stays wrong. The answers of the first round are noted in the history. */
    public List<Stale> of(List<Api> nodes) throws SQLException, InterruptedException {
        Map<String, Ground.Shown> truth = ground.truth();
        var open = new ArrayList<Way>();
        for (Api node : nodes) {
            for (String key : Keys.all()) {
                open.add(new Way(node, key, Map.of()));
                // After it, since it replaces the copy in the node's memory.
                open.add(new Way(node, key, Map.of("Freshet-Tier", "l2")));
            }
        }
        List<Stale> stale = round(open, truth, true);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(AGAIN);
            stale = round(open, truth, false);
        }
        return stale;
    }

    /** Leaves the ways that answered wrong. */
    private List<Stale> round(List<Way> ways, Map<String, Ground.Shown> truth, boolean first)
            throws InterruptedException {
        var wrong = new ArrayList<Way>();
        var stale = new ArrayList<Stale>();
        for (Way way : ways) {
            Stale found = ask(way, truth.get(way.key), first);
            if (found != null) {
                wrong.add(way);
                stale.add(found);
            }
        }
        ways.clear();
        ways.addAll(wrong);
        return stale;
    }

    private @Nullable Stale ask(Way way, Ground.@Nullable Shown truth, boolean first)
            throws InterruptedException {
        long started = System.nanoTime();
        try {
            Answer answer = way.node.get(Keys.NAMESPACE, way.key, way.headers);
            if (!Observation.isAnswer(answer)) {
                return new Stale(way.key, way.node.node() + " " + answer.status(), null, truth);
            }
            String by =
                    Observation.by(way.node, answer, way.headers.isEmpty() ? "audit" : "audit l2");
            var observation = new Observation(way.key, answer);
            if (first) {
                long ended = System.nanoTime();
                observation.noteIn(
                        history,
                        state -> new Read(state, started, ended, Read.NOTHING_DEMANDED, by));
            }
            Ground.Shown shown = observation.shown();
            return Objects.equals(shown, truth) ? null : new Stale(way.key, by, shown, truth);
        } catch (IOException e) {
            return new Stale(way.key, way.node.node() + " " + e, null, truth);
        }
    }
}
