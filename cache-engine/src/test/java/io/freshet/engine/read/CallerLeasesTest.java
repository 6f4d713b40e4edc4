package io.freshet.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.LeaseLookup;
import io.freshet.engine.Lookup;
import io.freshet.engine.MissToken;
import io.freshet.engine.NewValue;
import io.freshet.engine.PutResult;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** E5: callers of two nodes who load by themselves. */
class CallerLeasesTest {

    static final List<NamespaceConfig> NAMESPACES = List.of(ReadyNode.SOURCED, ReadyNode.PUT_ONLY);

    private static final EntryKey KEY = new EntryKey("k");
    private static final NewValue VALUE =
            new NewValue(new byte[] {'1'}, EntryHeader.JSON, null, Set.of());
    private static final Duration PATIENT = Duration.ofSeconds(1);

    private final MemoryStore store = new MemoryStore();
    private final ReadyNode one = new ReadyNode(store);
    private final ReadyNode other = new ReadyNode(store);

    @ParameterizedTest
    @FieldSource("NAMESPACES")
    void shouldTellOneCallerToLoad(NamespaceConfig namespace) {
        // when
        LeaseLookup first = get(one, namespace, Duration.ZERO).join();
        LeaseLookup second = get(other, namespace, Duration.ZERO).join();
        // then
        assertThat(first).isInstanceOf(LeaseLookup.Granted.class);
        assertThat(second).isInstanceOf(LeaseLookup.Busy.class);
    }

    @ParameterizedTest
    @FieldSource("NAMESPACES")
    void shouldGiveWhoWaitsTheValueThatWasPut(NamespaceConfig namespace) {
        // given
        MissToken token = granted(namespace);
        CompletableFuture<LeaseLookup> waiting = get(other, namespace, PATIENT);
        assertThat(waiting).isNotDone();
        // when
        PutResult result = put(namespace, token);
        // then
        assertThat(result).isInstanceOf(PutResult.Stored.class);
        assertThat(waiting.join())
                .isInstanceOfSatisfying(
                        LeaseLookup.Answered.class,
                        answered -> assertThat(answered.lookup()).isInstanceOf(Lookup.Hit.class));
        assertThat(store.leases).isEmpty();
    }

    @Test
    void shouldTellTheNextToLoadWhenTheValueWasInvalidatedMeanwhile() {
        // given
        MissToken token = granted(ReadyNode.SOURCED);
        CompletableFuture<LeaseLookup> waiting = get(other, ReadyNode.SOURCED, PATIENT);
        one.hears(ReadyNode.SOURCED, KEY.value(), Mode.HARD);
        // when
        PutResult result = put(ReadyNode.SOURCED, token);
        // then
        assertThat(result).isEqualTo(new PutResult.Invalidated());
        assertThat(waiting.join()).isInstanceOf(LeaseLookup.Granted.class);
    }

    @Test
    void shouldTellTheNextToLoadWhenTheLeaseIsOver() {
        // given
        granted(ReadyNode.PUT_ONLY);
        CompletableFuture<LeaseLookup> waiting = get(other, ReadyNode.PUT_ONLY, PATIENT);
        store.leases.clear();
        // when
        other.loseAllPatience();
        // then
        assertThat(waiting.join()).isInstanceOf(LeaseLookup.Granted.class);
    }

    @Test
    void shouldTellEverybodyOfTheMissWithoutLeases() {
        // given
        store.leasesAreAway = true;
        // when
        LeaseLookup first = get(one, ReadyNode.SOURCED, Duration.ZERO).join();
        // then
        assertThat(first)
                .isInstanceOfSatisfying(
                        LeaseLookup.Answered.class,
                        answered ->
                                assertThat(answered.lookup()).isInstanceOf(Lookup.Absent.class));
    }

    @Test
    void shouldTellAProbeOfTheMissAndLeaveTheLeaseToOthers() {
        // when
        LeaseLookup probed =
                get(one, ReadyNode.SOURCED, Duration.ZERO, ReadOptions.DEFAULT.asProbe()).join();
        // then
        assertThat(probed).isInstanceOf(LeaseLookup.Answered.class);
        assertThat(store.leases).isEmpty();
    }

    @Test
    void shouldReadATokenWithItsLease() {
        // given
        MissToken token = granted(ReadyNode.SOURCED);
        // when
        MissToken read = MissToken.parse(token.toString());
        // then
        assertThat(read).isEqualTo(token);
    }

    private MissToken granted(NamespaceConfig namespace) {
        return ((LeaseLookup.Granted) get(one, namespace, Duration.ZERO).join()).token();
    }

    private PutResult put(NamespaceConfig namespace, MissToken token) {
        return one.paths.writes().put(namespace, KEY, VALUE, token).toCompletableFuture().join();
    }

    private static CompletableFuture<LeaseLookup> get(
            ReadyNode node, NamespaceConfig namespace, Duration patience) {
        return get(node, namespace, patience, ReadOptions.DEFAULT);
    }

    private static CompletableFuture<LeaseLookup> get(
            ReadyNode node, NamespaceConfig namespace, Duration patience, ReadOptions options) {
        return node.paths
                .leases()
                .get(namespace, KEY, null, options, patience)
                .toCompletableFuture();
    }
}
