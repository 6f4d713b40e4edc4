package io.freshet.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.engine.Lookup;
import io.freshet.engine.Lookup.Tier;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Refresh;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** X6: who only looks leaves the tiers as they are. */
class ProbeTest {

    private static final String KEY = "k";
    private static final ReadOptions PROBE = ReadOptions.DEFAULT.withoutLoading().asProbe();
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final NamespaceConfig REVALIDATING =
            ReadyNode.refreshing(
                    new Refresh(
                            TEN_SECONDS,
                            Duration.ZERO,
                            0,
                            0,
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(3)));

    private final MemoryStore store = new MemoryStore();
    private final ReadyNode other = new ReadyNode(store);
    private final ReadyNode node = new ReadyNode(store, 1 << 20, LoadObserver.NONE);
    private final ScriptedSource source = new ScriptedSource();

    @BeforeEach
    void isCachedByAnotherNode() {
        var read = other.reads(REVALIDATING, KEY, source);
        source.answers("value");
        assertThat(read).isCompleted();
    }

    @Test
    void shouldTakeNoCopyIntoMemory() {
        // when
        Lookup probed = probe();
        // then
        assertThat(tierOf(probed)).isEqualTo(Tier.L2);
        assertThat(node.near.stats().entries()).isZero();
        assertThat(tierOf(read())).isEqualTo(Tier.L2);
        assertThat(node.near.stats().entries()).isOne();
    }

    @Test
    void shouldBeAnsweredFromMemoryWithoutBeingAUseOfTheCopy() {
        // given
        read();
        // when
        Lookup probed = probe();
        // then
        assertThat(tierOf(probed)).isEqualTo(Tier.L1);
        assertThat(node.near.stats().hits()).isZero();
        assertThat(tierOf(read())).isEqualTo(Tier.L1);
        assertThat(node.near.stats().hits()).isOne();
    }

    @Test
    void shouldNotBeAnsweredWithAnOutdatedCopyNorDropIt() {
        // given
        read();
        node.hears(REVALIDATING, KEY, Mode.HARD);
        // when
        Lookup probed = probe();
        // then
        assertThat(probed).isInstanceOf(Lookup.Absent.class);
        assertThat(node.near.stats().entries()).isOne();
    }

    @Test
    void shouldBeginNoRefresh() {
        // given
        node.pass(ReadyNode.TTL);
        // when
        Lookup probed = probe();
        // then
        assertThat(probed)
                .isInstanceOfSatisfying(Lookup.Hit.class, hit -> assertThat(hit.stale()).isTrue());
        assertThat(source.loads()).isEqualTo(1);
        read();
        assertThat(source.loads()).isEqualTo(2);
    }

    private Lookup probe() {
        return node.reads(REVALIDATING, KEY, source, PROBE).join();
    }

    private Lookup read() {
        return node.reads(REVALIDATING, KEY, source).join();
    }

    private static Tier tierOf(Lookup lookup) {
        assertThat(lookup).isInstanceOf(Lookup.Hit.class);
        return ((Lookup.Hit) lookup).tier();
    }
}
