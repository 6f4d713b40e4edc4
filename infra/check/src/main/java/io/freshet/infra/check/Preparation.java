package io.freshet.infra.check;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.instance.Api;
import io.freshet.infra.check.instance.CheckException;
import io.freshet.infra.check.instance.Instance;
import io.freshet.infra.check.load.Ground;
import io.freshet.infra.check.load.Keys;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.TextFile;
import io.freshet.infra.local.supervision.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes a running instance ready to be checked: tables and a namespace of the check's own, and
 * rules for them, with which change capture is restarted when it does not have them yet.
 */
final class Preparation {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Instance instance;
    private final Ground ground;

    Preparation(Instance instance, Ground ground) {
        this.instance = instance;
        this.ground = ground;
    }

    /** Before the check's nodes are started. */
    void prepare() throws IOException, SQLException, InterruptedException, CheckException {
        ground.make();
        Path rules = instance.directory().config().resolve("rules.yaml");
        if (!Files.exists(rules)) {
            throw new CheckException(
                    "This instance was started with rules of its own: the check needs one that was"
                            + " started without --rules");
        }
        String text = Files.readString(rules);
        String own = Ground.resource("rules.yaml");
        if (!text.contains(own)) {
            TextFile.replace(rules, text + own);
            instance.order(Order.Action.RESTART, Part.CDC_CONNECTOR);
        }
    }

    /** The file from which the check's nodes declare its namespace. */
    Path namespaces() throws IOException {
        Path file = instance.directory().config().resolve("check-namespaces.yaml");
        TextFile.replace(file, Ground.resource("namespaces.yaml"));
        return file;
    }

    /**
     * Fills the tables, and waits until every node knows the namespace and sees a change.
     *
     * @return the keys that have a row
     */
    Set<String> fill(List<Api> nodes, AtomicLong versions, History history)
            throws SQLException, InterruptedException, CheckException {
        for (Api node : nodes) {
            await(
                    node.node() + " does not know the namespace " + Keys.NAMESPACE,
                    () -> !code(node, Keys.item(0)).equals("namespace-not-found"));
        }
        // Twice: what the nodes have cached of the first must go by the second.
        ground.fill(versions, new History());
        for (Api node : nodes) {
            code(node, Keys.item(0));
        }
        Set<String> present = ground.fill(versions, history);
        long newest =
                ground.truth().values().stream().mapToLong(Ground.Shown::item).min().orElse(0);
        for (Api node : nodes) {
            await(
                    "Changes do not reach %s: was the instance started with --rules?"
                            .formatted(node.node()),
                    () -> version(node, Keys.item(0)) >= newest);
        }
        return present;
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private static void await(String otherwise, Condition condition)
            throws InterruptedException, CheckException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new CheckException(otherwise);
            }
            Thread.sleep(GLANCE);
        }
    }

    private static String code(Api node, String key) throws InterruptedException {
        try {
            Api.Answer answer = node.get(Keys.NAMESPACE, key, Map.of());
            return answer.status() == 200 ? "" : answer.json().path("code").asString("");
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static long version(Api node, String key) throws InterruptedException {
        try {
            Api.Answer answer = node.get(Keys.NAMESPACE, key, Map.of());
            return answer.status() == 200 ? answer.json().path("version").asLong() : -1;
        } catch (IOException _) {
            return -1;
        }
    }
}
