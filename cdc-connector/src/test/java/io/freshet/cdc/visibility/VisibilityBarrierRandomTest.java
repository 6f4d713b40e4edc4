package io.freshet.cdc.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random histories: transactions commit in one order and become visible in another, some late.
 * Work, heartbeats and positions are numbered by their place in the log.
 */
class VisibilityBarrierRandomTest {

    private static final Duration WAIT = Duration.ofNanos(20);
    private static final int FIRST_TRANSACTION = Integer.MAX_VALUE - 40;

    @Test
    void shouldKeepItsPromisesInEveryHistory() {
        long seed = System.nanoTime();
        var seeds = new Random(seed);
        for (int run = 0; run < 3_000; run++) {
            long history = seeds.nextLong();
            try {
                new History(new Random(history)).play();
            } catch (AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", run " + run + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class History {
        private final Random random;
        private final VisibilityBarrier<Integer, Integer, Integer> barrier;
        private final Set<Long> underWay = new TreeSet<>();
        private final Map<Integer, Long> transactionOf = new HashMap<>();
        private final Set<Integer> early = new HashSet<>();
        private final Set<Integer> settled = new HashSet<>();
        private final List<Integer> work = new ArrayList<>();
        private int lastForwarded = -1;
        private int lastPosition = -1;
        private int lastBeat = -1;
        private int lastEnd = -1;
        private int place;
        private long next = Integer.toUnsignedLong(FIRST_TRANSACTION) + (7L << 32);
        private long now;

        History(Random random) {
            this.random = random;
            this.barrier = new VisibilityBarrier<>(WAIT, 1 + random.nextInt(5));
        }

        void play() {
            for (int i = 0; i < 120; i++) {
                now += random.nextInt(8);
                switch (random.nextInt(4)) {
                    case 0, 1 -> commitOne();
                    case 2 -> becomeVisible();
                    default -> advance();
                }
            }
            underWay.clear();
            do {
                advance();
            } while (barrier.isHolding());

            assertAllSettledBefore(place);
            assertThat(lastForwarded).as("last heartbeat").isEqualTo(lastBeat);
            assertThat(lastPosition).as("last position").isEqualTo(lastEnd);
            assertThat(barrier.isOwing()).isFalse();
        }

        private void commitOne() {
            if (random.nextInt(4) == 0) {
                lastBeat = place++;
                barrier.deliver(new Delivery.Beat<>(lastBeat), now);
            } else {
                long transaction = next++;
                underWay.add(transaction);
                for (int part = 0; part <= random.nextInt(3); part++) {
                    transactionOf.put(place, transaction);
                    work.add(place);
                    barrier.deliver(new Delivery.Changes<>((int) transaction, place++), now);
                }
            }
            lastEnd = place++;
            barrier.deliver(new Delivery.End<>(lastEnd), now);
        }

        private void becomeVisible() {
            if (!underWay.isEmpty()) {
                List<Long> all = List.copyOf(underWay);
                underWay.remove(all.get(random.nextInt(all.size())));
            }
        }

        private void advance() {
            long xmin = underWay.stream().min(Long::compare).orElse(next);
            String list = underWay.stream().map(String::valueOf).collect(Collectors.joining(","));
            Snapshot snapshot = Snapshot.parse(xmin + ":" + next + ":" + list);
            for (Step<Integer, Integer, Integer> step : barrier.advance(snapshot, now)) {
                check(step);
            }
        }

        private void check(Step<Integer, Integer, Integer> step) {
            switch (step) {
                case Step.Publish<Integer, Integer, Integer>(var item, var timing, var waited) -> {
                    boolean visible = !underWay.contains(transactionOf.get(item));
                    switch (timing) {
                        case VISIBLE, AGAIN -> {
                            assertThat(visible).as("%s %d is visible", timing, item).isTrue();
                            assertThat(settled.add(item)).as("once for good: %d", item).isTrue();
                            assertThat(early.contains(item))
                                    .as("was early: %d", item)
                                    .isEqualTo(timing == Step.Timing.AGAIN);
                        }
                        case EARLY -> {
                            assertThat(visible).as("early %d is not visible", item).isFalse();
                            boolean owing = !settled.containsAll(early);
                            assertThat(owing || waited.compareTo(WAIT) >= 0)
                                    .as("waited for %s: %d", waited, item)
                                    .isTrue();
                            early.add(item);
                        }
                    }
                }
                case Step.Forward<Integer, Integer, Integer>(var beat) -> {
                    assertThat(beat).isGreaterThan(lastForwarded);
                    assertAllSettledBefore(beat);
                    lastForwarded = beat;
                }
                case Step.Advance<Integer, Integer, Integer>(var position) -> {
                    assertThat(position).isGreaterThan(lastPosition);
                    assertAllSettledBefore(position);
                    lastPosition = position;
                }
            }
        }

        private void assertAllSettledBefore(int limit) {
            assertThat(work.stream().filter(item -> item < limit && !settled.contains(item)))
                    .as("before %d and not published for good", limit)
                    .isEmpty();
        }
    }
}
