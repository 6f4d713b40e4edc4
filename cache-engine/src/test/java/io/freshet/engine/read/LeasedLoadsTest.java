package io.freshet.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Lookup;
import io.freshet.engine.Lookup.Tier;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** E1: two nodes that miss one key. */
class LeasedLoadsTest {

    private static final NamespaceConfig ORDERS = ReadyNode.SOURCED;
    private static final String KEY = "k";

    private final MemoryStore store = new MemoryStore();
    private final ReadyNode one = new ReadyNode(store);
    private final ReadyNode other = new ReadyNode(store);
    private final ScriptedSource source = new ScriptedSource();
    private final ScriptedSource sourceOfOther = new ScriptedSource();

    @Test
    void shouldLoadOnceForAllNodes() {
        // given
        CompletableFuture<Lookup> loading = one.reads(ORDERS, KEY, source);
        CompletableFuture<Lookup> waiting = other.reads(ORDERS, KEY, sourceOfOther);
        assertThat(waiting).isNotDone();
        // when
        source.answers("value");
        // then
        assertThat(tier(loading.join())).isEqualTo(Tier.SOURCE);
        assertThat(tier(waiting.join())).isEqualTo(Tier.L2);
        assertThat(sourceOfOther.loads()).isZero();
        assertThat(store.leases).isEmpty();
    }

    @Test
    void shouldHandTheLeaseOnWhenTheSourceFails() {
        // given
        CompletableFuture<Lookup> failing = one.reads(ORDERS, KEY, source);
        CompletableFuture<Lookup> waiting = other.reads(ORDERS, KEY, sourceOfOther);
        // when
        source.fails();
        sourceOfOther.answers("value");
        // then
        assertThat(failing.join()).isInstanceOf(Lookup.Unavailable.class);
        assertThat(tier(waiting.join())).isEqualTo(Tier.SOURCE);
    }

    @Test
    void shouldNotWaitForAHolderThatIsBehind() {
        // given
        var _ = one.reads(ORDERS, KEY, source);
        other.hears(ORDERS, KEY, Mode.HARD);
        // when
        var _ = other.reads(ORDERS, KEY, sourceOfOther);
        // then
        assertThat(sourceOfOther.loads()).isEqualTo(1);
    }

    @Test
    void shouldNotAnswerWhatAHolderStoredThatWasInvalidatedMeanwhile() {
        // given
        var _ = one.reads(ORDERS, KEY, source);
        CompletableFuture<Lookup> waiting = other.reads(ORDERS, KEY, sourceOfOther);
        other.hears(ORDERS, KEY, Mode.HARD);
        // when
        source.answers("old");
        // then
        assertThat(waiting).isNotDone();
        sourceOfOther.answers("new");
        assertThat(tier(waiting.join())).isEqualTo(Tier.SOURCE);
    }

    @Test
    void shouldLoadWhenHoldersTakeLongerThanTwoLeases() {
        // given
        var _ = one.reads(ORDERS, KEY, source);
        var _ = other.reads(ORDERS, KEY, sourceOfOther);
        other.loseAllPatience();
        assertThat(sourceOfOther.loads()).isZero();
        // when
        other.loseAllPatience();
        // then
        assertThat(sourceOfOther.loads()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheLeaseOfAHolderThatIsGone() {
        // given
        var _ = one.reads(ORDERS, KEY, source);
        var _ = other.reads(ORDERS, KEY, sourceOfOther);
        store.leases.clear();
        // when
        other.loseAllPatience();
        // then
        assertThat(sourceOfOther.loads()).isEqualTo(1);
        assertThat(store.leases).containsKey(new EntryKey(KEY));
    }

    @Test
    void shouldLoadWithoutLeasesWhenThereAreNone() {
        // given
        store.leasesAreAway = true;
        // when
        var _ = one.reads(ORDERS, KEY, source);
        var _ = other.reads(ORDERS, KEY, sourceOfOther);
        // then
        assertThat(source.loads()).isEqualTo(1);
        assertThat(sourceOfOther.loads()).isEqualTo(1);
    }

    @Test
    void shouldNotWaitForOthersOutsideTheWindow() {
        // given
        var _ = one.reads(ORDERS, KEY, source);
        other.now = other.now.plus(ReadyNode.WINDOW).plusMillis(1);
        // when
        var _ = other.reads(ORDERS, KEY, sourceOfOther);
        // then
        assertThat(sourceOfOther.loads()).isEqualTo(1);
    }

    @Test
    void shouldNotJoinALoadThatWaitsForOthersOnceOutsideTheWindow() {
        // given
        var _ = one.reads(ORDERS, KEY, source);
        other.now = other.now.plus(ReadyNode.WINDOW);
        CompletableFuture<Lookup> waiting = other.reads(ORDERS, KEY, sourceOfOther);
        other.now = other.now.plusMillis(1);
        // when
        CompletableFuture<Lookup> outside = other.reads(ORDERS, KEY, sourceOfOther);
        sourceOfOther.answers("value");
        // then
        assertThat(outside).isCompleted();
        assertThat(waiting).isNotDone();
    }

    private static Tier tier(Lookup lookup) {
        return lookup instanceof Lookup.Hit(_, var tier, _, _) ? tier : Tier.L1;
    }
}
