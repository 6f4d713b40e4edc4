package io.freshet.warmer.verify;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.Inventory;
import io.freshet.engine.Inventory.Cursor;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Walks through what is cached, namespace after namespace, round and round, and picks keys on its
 * way. Blocks; for one thread.
 */
final class CachedKeys {

    /** Of which one is picked. */
    private static final int PAGE = 50;

    private static final long PATIENCE_SECONDS = 5;

    private final Inventory inventory;
    private final RandomGenerator random;
    private final Map<Namespace, Cursor> places = new HashMap<>();
    private int turn;

    CachedKeys(Inventory inventory, RandomGenerator random) {
        this.inventory = inventory;
        this.random = random;
    }

    /** A key of one of the namespaces, each in its turn; empty where nothing is cached. */
    Optional<Spot> next(List<NamespaceConfig> namespaces)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (namespaces.isEmpty()) {
            return Optional.empty();
        }
        turn = (turn + 1) % namespaces.size();
        NamespaceConfig namespace = namespaces.get(turn);
        List<EntryKey> page = page(namespace, places.get(namespace.name()));
        return page.isEmpty()
                ? Optional.empty()
                : tagged(namespace, page.get(random.nextInt(page.size())));
    }

    private List<EntryKey> page(NamespaceConfig namespace, @Nullable Cursor from)
            throws InterruptedException, ExecutionException, TimeoutException {
        Inventory.KeyPage page =
                inventory
                        .keys(namespace, null, from, PAGE)
                        .toCompletableFuture()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (page.next() == null) {
            places.remove(namespace.name());
        } else {
            places.put(namespace.name(), page.next());
        }
        return page.keys();
    }

    private Optional<Spot> tagged(NamespaceConfig namespace, EntryKey key)
            throws InterruptedException, ExecutionException, TimeoutException {
        return inventory
                .metadata(namespace, key)
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .filter(found -> !found.header().kind().isStructure())
                .map(found -> new Spot(namespace.name(), key, found.header().tags()));
    }
}
