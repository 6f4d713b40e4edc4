package io.freshet.stream.expansion;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An expansion over tables in memory, spoken to in the words of the domain. Records of the log take
 * the next offset; positions are therefore 1, 2, 3, ...
 */
final class Scene {

    static final Namespace CITIES = new Namespace("cities");
    static final int EPOCH = 1;
    static final RowTerms.Terms TERMS = new RowTerms.Terms(Duration.ofHours(1), 32);

    private final Pace pace;
    private MemoryRows keys = new MemoryRows();
    private MemoryRows tags = new MemoryRows();
    private MemoryRows scopes = new MemoryRows();
    private MemoryRows fanOuts = new MemoryRows();
    private MemoryRows orders = new MemoryRows();
    private MemoryRows position = new MemoryRows();
    private MemoryRows images = new MemoryRows();
    private final Recorder output = new Recorder();
    private long commits;
    private long nextOffset;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Expansion expansion;

    private static final class Recorder implements Output {
        private final List<Eviction> evictions = new ArrayList<>();
        private final List<ScopeRecord> scopes = new ArrayList<>();
        private final List<FanOutProgress> progress = new ArrayList<>();
        private final List<Long> fannedOut = new ArrayList<>();
        private final List<RowImages.Reason> refused = new ArrayList<>();

        @Override
        public void evict(Eviction eviction) {
            evictions.add(eviction);
        }

        @Override
        public void scope(ScopeRecord scope) {
            scopes.add(scope);
        }

        @Override
        public void progress(FanOutProgress told) {
            progress.add(told);
        }

        @Override
        public void fannedOut(long keys, Duration took) {
            fannedOut.add(keys);
        }

        @Override
        public void rowRefused(RowImages.Reason reason) {
            refused.add(reason);
        }
    }

    Scene() {
        this(new Pace(1000, 500, 1000, Pace.UNBOUNDED));
    }

    Scene(Pace pace) {
        this.pace = pace;
        this.expansion = open();
    }

    private Expansion open() {
        return new Expansion(
                EPOCH,
                pace,
                new Tables(keys, tags, scopes, fanOuts, orders, position, images),
                new RowImages(
                        new RowImageGuard(images, 1, Duration.ZERO),
                        namespace -> namespace.equals(CITIES) ? TERMS : null),
                output,
                () -> commits,
                () -> now);
    }

    static Stamp at(long position) {
        return Stamp.of(EPOCH, position);
    }

    static EntryKey key(String key) {
        return new EntryKey(key);
    }

    static Target tag(String tag) {
        return new Target.OfTag(CITIES, new Tag(tag));
    }

    static Target pattern(String pattern) {
        return new Target.OfPattern(CITIES, new KeyPattern(pattern));
    }

    static Target everything() {
        return new Target.OfNamespace(CITIES);
    }

    static Target ofKey(String key) {
        return new Target.OfKey(CITIES, key(key));
    }

    /** The position of the event in the log. */
    Stamp invalidate(Target target) {
        return invalidate(target, Mode.HARD);
    }

    Stamp invalidateSoftly(Target target) {
        return invalidate(target, Mode.SOFT);
    }

    Stamp replaced(String key) {
        return log(new Event.Replaced(CITIES, key(key), "node", now));
    }

    Stamp heartbeat() {
        return log(new Event.Heartbeat("primary", new Lsn(1), now));
    }

    private Stamp invalidate(Target target, Mode mode) {
        var cause = Cause.of(Cause.Kind.REST, null, null);
        return log(new Event.Invalidation("id", target, mode, null, cause, now));
    }

    /** A row of a transaction that was committed at this moment. */
    Stamp change(String key, long lsn, String json, String... tags) {
        var row = new NewRow(json, Arrays.stream(tags).map(Tag::new).collect(Collectors.toSet()));
        var cause = new Cause(Cause.Kind.CDC, "primary", lsn, "rule");
        return log(
                new Event.Invalidation(null, ofKey(key), Mode.HARD, new Lsn(lsn), cause, now, row));
    }

    /** A change of which only this is known. */
    Stamp change(Target target, long lsn) {
        var cause = new Cause(Cause.Kind.CDC, "primary", lsn, "rule");
        return log(new Event.Invalidation(null, target, Mode.HARD, new Lsn(lsn), cause, now));
    }

    void lose(long records) {
        nextOffset += records;
        expansion.onLoss(nextOffset);
    }

    private Stamp log(Event event) {
        expansion.onLogRecord(nextOffset, new LogRecord(event, new InboxPosition(0, nextOffset)));
        return at(++nextOffset);
    }

    void register(String key, long stamp, String... tags) {
        register(key, stamp, Duration.ofHours(1), tags);
    }

    void register(String key, long stamp, Duration ttl, String... tags) {
        expansion.onRegistration(
                new Registration(
                        CITIES,
                        key(key),
                        at(stamp),
                        Arrays.stream(tags).map(Tag::new).collect(Collectors.toSet()),
                        now.plus(ttl)));
    }

    void work() {
        expansion.work();
    }

    void reportProgress() {
        expansion.reportProgress();
    }

    void sweep() {
        expansion.sweep();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** What was sent before is lasting, and the input read so far is not read again. */
    void commit() {
        commits++;
    }

    /** Commits and works until nothing is outstanding. */
    void settle() {
        for (int i = 0; i < 10_000 && fanOuts.size() > 0; i++) {
            work();
            commit();
        }
    }

    /** Starts anew from the tables as they are, reading the log again from {@code offset}. */
    void restartAt(long offset) {
        nextOffset = offset;
        expansion = open();
    }

    Snapshot snapshot() {
        return new Snapshot(
                keys.copy(),
                tags.copy(),
                scopes.copy(),
                fanOuts.copy(),
                orders.copy(),
                position.copy(),
                images.copy());
    }

    void restore(Snapshot snapshot) {
        keys = snapshot.keys().copy();
        tags = snapshot.tags().copy();
        scopes = snapshot.scopes().copy();
        fanOuts = snapshot.fanOuts().copy();
        orders = snapshot.orders().copy();
        position = snapshot.position().copy();
        images = snapshot.images().copy();
    }

    record Snapshot(
            MemoryRows keys,
            MemoryRows tags,
            MemoryRows scopes,
            MemoryRows fanOuts,
            MemoryRows orders,
            MemoryRows position,
            MemoryRows images) {}

    List<Eviction> evictions() {
        return output.evictions;
    }

    List<ScopeRecord> scopes() {
        return output.scopes;
    }

    List<RowImages.Reason> refusedRows() {
        return output.refused;
    }

    /** What was told of fan-outs, as "state keys". */
    List<String> progress() {
        return output.progress.stream()
                .map(told -> told.state().name().toLowerCase(Locale.ROOT) + " " + told.keys())
                .toList();
    }

    /** An order about the fan-out of the event at this position. */
    void order(Stamp position, FanOutOrder.Action action) {
        var id = new InboxPosition(0, position.position() - 1);
        expansion.onOrder(new FanOutOrder(id, action, "somebody", now));
    }

    List<Long> fannedOut() {
        return output.fannedOut;
    }

    /** What was handed out with the eviction at this position; null when nothing was. */
    Eviction.@Nullable Replacement replacementAt(Stamp position) {
        return output.evictions.stream()
                .filter(Eviction.Replacement.class::isInstance)
                .map(Eviction.Replacement.class::cast)
                .filter(eviction -> eviction.killsBelow().equals(position))
                .findFirst()
                .orElse(null);
    }

    /** Keys evicted so far at this position, in order. */
    List<String> evictedAt(Stamp position) {
        return output.evictions.stream()
                .filter(Eviction.Keys.class::isInstance)
                .map(Eviction.Keys.class::cast)
                .filter(eviction -> eviction.killsBelow().equals(position))
                .flatMap(eviction -> eviction.keys().stream())
                .map(EntryKey::value)
                .toList();
    }

    void forgetOutput() {
        output.evictions.clear();
        output.scopes.clear();
        output.fannedOut.clear();
        output.progress.clear();
    }

    int indexedKeys() {
        return keys.size();
    }

    int taggedKeys() {
        return tags.size();
    }

    int outstandingFanOuts() {
        return fanOuts.size();
    }
}
