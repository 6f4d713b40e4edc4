package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.lease.Bid;
import io.freshet.engine.lease.Claim;
import io.freshet.engine.lease.Holder;
import io.freshet.engine.lease.LeaseStore;
import io.freshet.engine.lease.Signals;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.engine.store.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Entries and leases in a map, which nodes can share; one marker that vouches for nothing. */
public final class MemoryStore implements EntryStore, LeaseStore {

    private static final Marker MARKER = new Marker(Stamp.ZERO, Stamp.ZERO, 0);

    final Map<EntryKey, Bid> leases = new HashMap<>();
    final List<List<EntryKey>> readTogether = new ArrayList<>();
    final Signals signals = new Signals();
    boolean leasesAreAway;

    private final Map<EntryKey, Entry> entries = new HashMap<>();

    @Nullable Entry entry(String key) {
        return entries.get(new EntryKey(key));
    }

    @Override
    public CompletionStage<StoredEntry> read(Namespace namespace, EntryKey key) {
        return CompletableFuture.completedStage(new StoredEntry(entries.get(key), MARKER));
    }

    @Override
    public CompletionStage<List<StoredEntry>> readAll(Namespace namespace, List<EntryKey> keys) {
        readTogether.add(List.copyOf(keys));
        return CompletableFuture.completedStage(
                keys.stream().map(key -> new StoredEntry(entries.get(key), MARKER)).toList());
    }

    @Override
    public CompletionStage<FillOutcome> fill(Namespace namespace, EntryKey key, Entry entry) {
        entries.put(key, entry);
        return CompletableFuture.completedStage(new FillOutcome.Stored());
    }

    @Override
    public CompletionStage<PutOutcome> put(Namespace namespace, EntryKey key, Entry entry) {
        Entry before = entries.put(key, entry);
        return CompletableFuture.completedStage(
                new PutOutcome.Stored(new StoredEntry(before, MARKER), entry.header().stamp()));
    }

    @Override
    public CompletionStage<Boolean> evict(Namespace namespace, EntryKey key, Stamp killsBelow) {
        return CompletableFuture.completedStage(entries.remove(key) != null);
    }

    @Override
    public CompletionStage<Claim> claim(Namespace namespace, EntryKey key, Bid bid) {
        if (leasesAreAway) {
            return CompletableFuture.failedStage(
                    new StoreUnavailableException("away", new IllegalStateException()));
        }
        Entry entry = entries.get(key);
        if (entry != null && !entry.header().created().equals(bid.seen())) {
            return CompletableFuture.completedStage(
                    new Claim.Filled(new StoredEntry(entry, MARKER)));
        }
        Bid held = leases.get(key);
        if (held != null && (bid.over() == null || held.stamp().compareTo(bid.over()) > 0)) {
            return CompletableFuture.completedStage(
                    new Claim.Held(held.stamp(), held.length(), signals.await(key.value())));
        }
        leases.put(key, bid);
        return CompletableFuture.completedStage(new Claim.Taken());
    }

    @Override
    public void release(Namespace namespace, EntryKey key, Holder holder) {
        Bid held = leases.get(key);
        if (held != null && held.holder().equals(holder)) {
            leases.remove(key);
        }
        signals.signal(key.value());
    }
}
