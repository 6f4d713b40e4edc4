package io.freshet.infra.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.supervision.RunningPart.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartKeeperTest {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final List<FakePart> started = new CopyOnWriteArrayList<>();
    private final List<PartState> seen = new CopyOnWriteArrayList<>();
    private volatile boolean needsAreReady = true;
    private volatile Health firstHealth = new Health.Good();
    private Thread thread = new Thread(() -> {});

    @AfterEach
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    @Test
    void shouldWaitForWhatThePartNeeds() {
        needsAreReady = false;
        PartKeeper keeper = keep(true);
        assertThat(keeper.state()).isInstanceOf(PartState.Waiting.class);

        needsAreReady = true;

        await().until(() -> keeper.state() instanceof PartState.Ready);
        assertThat(seen)
                .extracting(state -> state.getClass().getSimpleName())
                .containsExactly("Launching", "Starting", "Ready");
    }

    @Test
    void shouldNotBeReadyBeforeThePartSaysSo() {
        firstHealth = new Health.Bad("warming up");
        PartKeeper keeper = keep(true);
        await().until(() -> keeper.state() instanceof PartState.Starting);

        started.getLast().health = new Health.Good();

        await().until(() -> keeper.state() instanceof PartState.Ready);
    }

    @Test
    void shouldGiveUpOnAStartThatTakesTooLong() {
        firstHealth = new Health.Bad("warming up");
        PartKeeper keeper = keep(false);
        await().until(() -> keeper.state() instanceof PartState.Starting);

        now.set(now.get().plus(START_TIMEOUT).plusSeconds(1));

        await().until(() -> keeper.state() instanceof PartState.Broken);
        assertThat(keeper.state())
                .isEqualTo(new PartState.Broken("not ready after 60 s: warming up", Instant.MAX));
        assertThat(started.getLast().alive).isFalse();
    }

    @Test
    void shouldStartAgainAfterAPauseThatGrows() {
        PartKeeper keeper = keep(true);
        for (Duration pause : List.of(Duration.ofSeconds(1), Duration.ofSeconds(2))) {
            await().until(() -> keeper.state() instanceof PartState.Ready);
            started.getLast().alive = false;
            await().until(() -> keeper.state() instanceof PartState.Broken);
            assertThat(keeper.state())
                    .isEqualTo(new PartState.Broken("ended unasked", now.get().plus(pause)));

            now.set(now.get().plus(pause));
        }

        await().until(() -> keeper.state() instanceof PartState.Ready);
        assertThat(started).hasSize(3);
    }

    @Test
    void shouldForgetFailuresOfAPartThatProvedItself() {
        PartKeeper keeper = keep(true);
        await().until(() -> keeper.state() instanceof PartState.Ready);
        started.getLast().alive = false;
        await().until(() -> keeper.state() instanceof PartState.Broken);
        now.set(now.get().plusSeconds(1));
        await().until(() -> keeper.state() instanceof PartState.Ready);

        now.set(now.get().plus(Backoff.PROVED).plusSeconds(1));
        started.getLast().alive = false;

        await().until(() -> keeper.state() instanceof PartState.Broken);
        assertThat(keeper.state())
                .isEqualTo(new PartState.Broken("ended unasked", now.get().plusSeconds(1)));
    }

    @Test
    void shouldLeaveAnEndedPartAloneWhenToldSo() {
        PartKeeper keeper = keep(false);
        await().until(() -> keeper.state() instanceof PartState.Ready);

        started.getLast().alive = false;

        await().until(() -> keeper.state() instanceof PartState.Broken);
        assertThat(keeper.state()).isEqualTo(new PartState.Broken("ended unasked", Instant.MAX));
    }

    @Test
    void shouldShowAPartThatDoubtsItself() {
        PartKeeper keeper = keep(true);
        await().until(() -> keeper.state() instanceof PartState.Ready);
        started.getLast().health = new Health.Bad("no Redis");
        now.set(now.get().plusSeconds(3));
        await().until(() -> keeper.state() instanceof PartState.Unready);
        PartState doubted = keeper.state();

        started.getLast().health = new Health.Good();
        now.set(now.get().plusSeconds(3));

        await().until(() -> keeper.state() instanceof PartState.Ready);
        assertThat(((PartState.Unready) doubted).why()).isEqualTo("no Redis");
        assertThat(started).hasSize(1);
    }

    @Test
    void shouldStayStoppedUntilItIsStarted() {
        PartKeeper keeper = keep(true);
        await().until(() -> keeper.state() instanceof PartState.Ready);

        keeper.stop().join();
        PartState stopped = keeper.state();
        keeper.start().join();

        assertThat(stopped).isInstanceOf(PartState.Stopped.class);
        assertThat(started.getFirst().alive).isFalse();
        await().until(() -> keeper.state() instanceof PartState.Ready);
        assertThat(started).hasSize(2);
    }

    @Test
    void shouldEndWithItsPart() throws InterruptedException {
        PartKeeper keeper = keep(true);
        await().until(() -> keeper.state() instanceof PartState.Ready);

        keeper.end().join();

        thread.join();
        assertThat(started.getLast().alive).isFalse();
    }

    @Test
    void shouldSayWhyAPartDoesNotStart() {
        PartStarter failing =
                () -> {
                    throw new PartStartException("no such jar", new IllegalStateException());
                };

        PartKeeper keeper = keep(failing, false);

        await().until(() -> keeper.state() instanceof PartState.Broken);
        assertThat(keeper.state()).isEqualTo(new PartState.Broken("no such jar", Instant.MAX));
    }

    private PartKeeper keep(boolean restarts) {
        return keep(
                () -> {
                    var part = new FakePart(started.size() + 1L, firstHealth);
                    started.add(part);
                    return part;
                },
                restarts);
    }

    private PartKeeper keep(PartStarter starter, boolean restarts) {
        var keeper =
                new PartKeeper(
                        Part.API_SERVICE,
                        starter,
                        () -> needsAreReady,
                        new PartKeeper.Policy(restarts, START_TIMEOUT, Duration.ofSeconds(1)),
                        now::get,
                        (_, after) -> seen.add(after));
        thread = Thread.ofPlatform().start(keeper);
        return keeper;
    }

    /** A process that lives and is well as the test says. */
    private static final class FakePart implements RunningPart {
        private final long pid;
        private volatile boolean alive = true;
        private volatile Health health;

        FakePart(long pid, Health health) {
            this.pid = pid;
            this.health = health;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public Health health() {
            return health;
        }

        @Override
        public void stop(Duration grace) {
            alive = false;
        }
    }
}
