package io.freshet.stream.expansion;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One log partition with everything around it, for random walks: nodes that register and write as
 * late as they like, an expander that crashes with its tables and its output cut off anywhere after
 * the last commit, an applier, and Redis with a bucket for each key.
 */
final class World {

    private static final Namespace NAMESPACE = new Namespace("n");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant EXPIRY = NOW.plus(Duration.ofDays(1));
    private static final List<String> TAGS = List.of("x", "y", "xy");

    private static final class Bucket {
        private Stamp begun = Stamp.ZERO;
        private @Nullable Registration entry;
        private boolean marked;
    }

    private final RandomGenerator random;
    private final List<Event> log = new ArrayList<>();
    private final List<Registration> entries = new ArrayList<>();
    private final List<FanOutOrder> orders = new ArrayList<>();
    private final List<Registration> onTheirWay = new ArrayList<>();
    private final Map<EntryKey, Bucket> redis = new HashMap<>();

    private final List<JournaledRows> tables =
            List.of(
                    new JournaledRows(),
                    new JournaledRows(),
                    new JournaledRows(),
                    new JournaledRows(),
                    new JournaledRows(),
                    new JournaledRows());
    private final List<Eviction> evictions = new ArrayList<>();
    private final List<ScopeRecord> scopes = new ArrayList<>();
    private int lastingEvictions;
    private int lastingScopes;
    private int readLog;
    private int readEntries;
    private int committedLog;
    private int committedEntries;
    private int readOrders;
    private int committedOrders;
    private int applied;
    private long commits;
    private Expansion expansion;

    World(RandomGenerator random) {
        this.random = random;
        this.expansion = open();
    }

    private Expansion open() {
        var output =
                new Output() {
                    @Override
                    public void evict(Eviction eviction) {
                        evictions.add(eviction);
                    }

                    @Override
                    public void scope(ScopeRecord scope) {
                        scopes.add(scope);
                    }

                    @Override
                    public void progress(FanOutProgress progress) {}

                    @Override
                    public void fannedOut(long keys, Duration took) {}

                    @Override
                    public void rowRefused(RowImages.Reason reason) {}
                };
        return new Expansion(
                0,
                new Pace(2, 2, 2, Pace.UNBOUNDED),
                new Tables(
                        tables.get(0),
                        tables.get(1),
                        tables.get(2),
                        tables.get(3),
                        tables.get(4),
                        tables.get(5),
                        new MemoryRows()),
                new RowImages(
                        new RowImageGuard(new MemoryRows(), 1, Duration.ZERO),
                        _ -> new RowTerms.Terms(Duration.ofHours(1), 1024)),
                output,
                () -> commits,
                () -> NOW);
    }

    void step() {
        switch (random.nextInt(16)) {
            case 0, 1 -> log.add(anyInvalidation());
            case 2, 3, 4 -> registerAndSend();
            case 5 -> arrive();
            case 6, 7 -> readLog();
            case 8, 9 -> readEntries();
            case 10 -> expansion.work();
            case 11 -> expansion.reportProgress();
            case 12 -> commitOrCrash();
            case 13 -> apply();
            case 14 -> orders.add(anyOrder());
            case 15 -> readOrders();
            default -> throw new AssertionError();
        }
    }

    private void commitOrCrash() {
        if (random.nextInt(3) == 0) {
            crash();
        } else {
            commit();
        }
    }

    private Event anyInvalidation() {
        var mode = random.nextInt(3) == 0 ? Mode.SOFT : Mode.HARD;
        Target target =
                switch (random.nextInt(7)) {
                    case 0 -> new Target.OfKey(NAMESPACE, anyKey());
                    case 6 -> new Target.OfKeys(NAMESPACE, List.of(anyKey(), anyKey(), anyKey()));
                    case 1 -> new Target.OfNamespace(NAMESPACE);
                    case 2 ->
                            new Target.OfPattern(
                                    NAMESPACE, new KeyPattern("?" + random.nextInt(2)));
                    case 3 -> new Target.OfPattern(NAMESPACE, new KeyPattern("k*"));
                    default -> new Target.OfTag(NAMESPACE, anyTag());
                };
        return random.nextInt(8) == 0
                ? new Event.Heartbeat("s", new Lsn(1), NOW)
                : new Event.Invalidation(
                        "i", target, mode, null, Cause.of(Cause.Kind.REST, null, null), NOW);
    }

    private FanOutOrder anyOrder() {
        var action =
                switch (random.nextInt(8)) {
                    case 0 -> FanOutOrder.Action.CANCEL;
                    case 1, 2 -> FanOutOrder.Action.RESUME;
                    default -> FanOutOrder.Action.PAUSE;
                };
        return order(random.nextInt(log.size() + 3), action);
    }

    private static FanOutOrder order(int offset, FanOutOrder.Action action) {
        return new FanOutOrder(new InboxPosition(0, offset), action, "somebody", NOW);
    }

    private EntryKey anyKey() {
        return new EntryKey("k" + random.nextInt(5));
    }

    private Tag anyTag() {
        return new Tag(TAGS.get(random.nextInt(TAGS.size())));
    }

    private void registerAndSend() {
        long stamp = Math.max(0, log.size() - random.nextInt(4));
        var entry =
                new Registration(
                        NAMESPACE,
                        anyKey(),
                        Stamp.of(0, stamp),
                        random.nextBoolean() ? Set.of() : Set.of(anyTag()),
                        EXPIRY);
        entries.add(entry);
        onTheirWay.add(entry);
    }

    private void arrive() {
        if (onTheirWay.isEmpty()) {
            return;
        }
        Registration fill = onTheirWay.remove(random.nextInt(onTheirWay.size()));
        Bucket bucket = bucket(fill.key());
        boolean newer = bucket.entry == null || fill.stamp().compareTo(bucket.entry.stamp()) >= 0;
        if (newer && !fill.stamp().isKilledBy(bucket.begun)) {
            bucket.entry = fill;
            bucket.marked = false;
        }
    }

    private void readLog() {
        if (readLog < log.size()) {
            var record = new LogRecord(log.get(readLog), new InboxPosition(0, readLog));
            expansion.onLogRecord(readLog++, record);
        }
    }

    private void readEntries() {
        if (readEntries < entries.size()) {
            expansion.onRegistration(entries.get(readEntries++));
        }
    }

    private void readOrders() {
        if (readOrders < orders.size()) {
            expansion.onOrder(orders.get(readOrders++));
        }
    }

    private void commit() {
        tables.forEach(JournaledRows::commit);
        lastingEvictions = evictions.size();
        lastingScopes = scopes.size();
        committedLog = readLog;
        committedEntries = readEntries;
        committedOrders = readOrders;
        commits++;
    }

    private void crash() {
        tables.forEach(table -> table.crash(random));
        cut(evictions, Math.max(lastingEvictions, applied));
        cut(scopes, lastingScopes);
        readLog = committedLog;
        readEntries = committedEntries;
        readOrders = committedOrders;
        expansion = open();
    }

    private void cut(List<?> sent, int lasting) {
        int survivors = lasting + random.nextInt(sent.size() - lasting + 1);
        sent.subList(survivors, sent.size()).clear();
    }

    private void apply() {
        if (applied == evictions.size()) {
            return;
        }
        if (evictions.get(applied++) instanceof Eviction.Keys keys) {
            for (EntryKey key : keys.keys()) {
                Bucket bucket = bucket(key);
                bucket.begun = Stamp.max(bucket.begun, keys.killsBelow());
                if (bucket.entry != null && bucket.entry.stamp().isKilledBy(keys.killsBelow())) {
                    switch (keys.mode()) {
                        case HARD -> bucket.entry = null;
                        case SOFT -> bucket.marked = true;
                    }
                }
            }
        }
    }

    private Bucket bucket(EntryKey key) {
        return redis.computeIfAbsent(key, _ -> new Bucket());
    }

    /** Everything that is outstanding happens, without further crashes. */
    void settle() {
        while (readLog < log.size()) {
            readLog();
        }
        while (readEntries < entries.size()) {
            readEntries();
        }
        for (int offset = 0; offset < log.size(); offset++) {
            orders.add(order(offset, FanOutOrder.Action.RESUME));
        }
        while (readOrders < orders.size()) {
            readOrders();
        }
        for (int i = 0; i < 1000 && tables.get(3).size() > 0; i++) {
            expansion.work();
            commit();
        }
        expansion.reportProgress();
        commit();
        while (applied < evictions.size()) {
            apply();
        }
        while (!onTheirWay.isEmpty()) {
            arrive();
        }
    }

    void check() {
        assertThat(tables.get(3).size()).as("fan-outs outstanding").isZero();
        redis.forEach(this::checkBucket);
        checkThrough();
        checkScopes();
    }

    private void checkBucket(EntryKey key, Bucket bucket) {
        Registration entry = bucket.entry;
        if (entry == null) {
            return;
        }
        for (int p = (int) entry.stamp().position() + 1; p <= log.size(); p++) {
            if (log.get(p - 1) instanceof Event.Invalidation event
                    && event.target().covers(entry.key(), entry.tags())
                    && !isGivenUp(event.target(), p)) {
                assertThat(event.mode()).as("%s stale at %d", entry, p).isEqualTo(Mode.SOFT);
                assertThat(bucket.marked).as("%s not marked at %d", entry, p).isTrue();
            }
        }
    }

    /** The purge at the position, or one behind it that may have taken its work over. */
    private boolean isGivenUp(Target target, int position) {
        return target.isScope()
                && orders.stream()
                        .filter(order -> order.action() == FanOutOrder.Action.CANCEL)
                        .mapToInt(order -> (int) order.id().offset())
                        .filter(offset -> offset + 1 >= position && offset < log.size())
                        .anyMatch(offset ->
                                log.get(offset) instanceof Event.Invalidation given
                                        && (given.target().equals(target)
                                                || given.target() instanceof Target.OfNamespace));
    }

    /** No eviction of a key event is outstanding at or below what is claimed. */
    private void checkThrough() {
        var evicted = new HashMap<Long, Set<EntryKey>>();
        for (Eviction eviction : evictions) {
            if (eviction instanceof Eviction.Keys keys) {
                evicted.merge(
                        keys.killsBelow().position(),
                        Set.copyOf(keys.keys()),
                        (a, b) -> {
                            var both = new HashSet<>(a);
                            both.addAll(b);
                            return both;
                        });
            }
            for (long p = 1; p <= eviction.through().position(); p++) {
                if (log.get((int) p - 1) instanceof Event.Invalidation event
                        && !event.target().isScope()) {
                    long position = p;
                    event.target().each().stream()
                            .map(Target.OfKey.class::cast)
                            .forEach(one ->
                                    assertThat(evicted.getOrDefault(position, Set.of()))
                                            .as("through")
                                            .contains(one.key()));
                }
            }
        }
    }

    private void checkScopes() {
        var known = new HashMap<Target, Stamp>();
        for (ScopeRecord scope : scopes) {
            switch (scope) {
                case ScopeRecord.Position(var target, var hard, var soft) ->
                        known.merge(target, Stamp.max(hard, soft), Stamp::max);
                case ScopeRecord.Progress(var through) -> {
                    for (long p = 1; p <= through.position(); p++) {
                        if (log.get((int) p - 1) instanceof Event.Invalidation event
                                && event.target().isScope()) {
                            assertThat(known.getOrDefault(event.target(), Stamp.ZERO))
                                    .isGreaterThanOrEqualTo(Stamp.of(0, p));
                        }
                    }
                }
            }
        }
    }
}
