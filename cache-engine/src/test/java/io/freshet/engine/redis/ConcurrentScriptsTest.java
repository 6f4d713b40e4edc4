package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoredEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fills, puts, evictions and reads of one key by several nodes, each with its own connections. */
class ConcurrentScriptsTest {

    private static final int POSITIONS = 600;
    private static final int WRITERS = 3;

    private final long seed = System.nanoTime();
    private TestRedis redis;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldNeverShowAnEntryThatAnEvictionKilled() throws Exception {
        // given: late fills of any stamp, while the applier and nodes evict position by position
        redis.initialise(ALICE, 0, 0);
        AtomicLong position = new AtomicLong();
        List<StoredEntry> seen = new ArrayList<>();

        // when
        whileReading(
                seen::add,
                writers(
                        random -> {
                            long now = position.get();
                            await(
                                    redis.store.fill(
                                            USERS,
                                            ALICE,
                                            entry(Math.max(0, now - random.nextInt(3)), "v")));
                        },
                        position),
                () -> {
                    for (long p = 1; p <= POSITIONS; p++) {
                        position.set(p);
                        if (p % 5 == 0) {
                            await(redis.store.evict(USERS, ALICE, stamp(p)));
                        }
                        await(redis.applier.apply(kill(p)));
                    }
                    return null;
                });

        // then
        assertThat(seen)
                .as("seed %d", seed)
                .allSatisfy(read -> {
                    if (read.entry() != null && read.marker() != null) {
                        assertThat(read.entry().header().stamp())
                                .isGreaterThanOrEqualTo(read.marker().begun());
                    }
                })
                .anyMatch(read -> read.entry() != null)
                .anyMatch(read -> read.entry() == null);
    }

    @Test
    void shouldNeverLetAnEntryBecomeOlder() throws Exception {
        // given
        AtomicLong position = new AtomicLong();
        List<Stamp> seen = new ArrayList<>();

        // when
        whileReading(
                read -> {
                    if (read.entry() != null) {
                        seen.add(read.entry().header().stamp());
                    }
                },
                writers(
                        random -> {
                            Entry put = entry(random.nextInt(1, POSITIONS), "v");
                            assertThat(await(redis.store.put(USERS, ALICE, put)))
                                    .isInstanceOfSatisfying(
                                            PutOutcome.Stored.class,
                                            stored ->
                                                    assertThat(stored.stamp())
                                                            .isGreaterThanOrEqualTo(
                                                                    put.header().stamp()));
                        },
                        position),
                () -> {
                    while (position.incrementAndGet() <= POSITIONS) {
                        await(redis.connections.ping());
                    }
                    return null;
                });

        // then
        assertThat(seen)
                .as("seed %d", seed)
                .isNotEmpty()
                .isSortedAccordingTo(Comparator.naturalOrder());
    }

    private BucketBatch kill(long position) {
        return new BucketBatch(
                USERS,
                redis.bucket(ALICE),
                position - 1,
                position,
                stamp(position),
                List.of(new KeyEviction(ALICE, Mode.HARD, stamp(position))));
    }

    /** Writers that go on until the last position is reached. */
    private List<Callable<Void>> writers(Consumer<Random> write, AtomicLong position) {
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed + i);
            writers.add(() -> {
                while (position.get() < POSITIONS) {
                    write.accept(random);
                }
                return null;
            });
        }
        return writers;
    }

    private void whileReading(
            Consumer<StoredEntry> onRead, List<Callable<Void>> writers, Callable<Void> driver)
            throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader =
                    threads.submit(() -> {
                        while (!over.get()) {
                            onRead.accept(redis.read(ALICE));
                        }
                    });
            List<Future<Void>> working = new ArrayList<>();
            writers.forEach(writer -> working.add(threads.submit(writer)));
            working.add(threads.submit(driver));
            for (Future<?> work : working) {
                work.get();
            }
            over.set(true);
            reader.get();
        }
    }
}
