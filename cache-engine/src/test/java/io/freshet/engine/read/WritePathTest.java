package io.freshet.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Lookup;
import io.freshet.engine.NewValue;
import io.freshet.engine.PutResult;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.engine.store.StoredEntry;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WritePathTest {

    private static final StoredEntry NOTHING = new StoredEntry(null, null);
    private static final NewValue VALUE =
            new NewValue(new byte[] {1}, EntryHeader.JSON, null, Set.of());

    @Test
    void shouldRegisterAPutWithTheStampThatItGot() {
        // given a store that knows of a later stamp than the node
        var node =
                new ReadyNode(
                        CompletableFuture.completedStage(
                                new PutOutcome.Stored(NOTHING, Stamp.of(1, 7))));
        // when
        PutResult result = put(node);
        // then
        assertThat(result).isEqualTo(new PutResult.Stored(true));
        assertThat(node.registrations)
                .extracting(Registration::stamp)
                .containsExactly(Stamp.of(1, 0), Stamp.of(1, 7));
    }

    @Test
    void shouldRegisterAPutOnceThatKeptItsStamp() {
        // given
        var node =
                new ReadyNode(
                        CompletableFuture.completedStage(
                                new PutOutcome.Stored(NOTHING, Stamp.of(1, 0))));
        // when
        put(node);
        // then
        assertThat(node.registrations).hasSize(1);
    }

    @Test
    void shouldAnnounceAPutThatTheStoreMayHaveTaken() {
        // given
        var silence = new StoreUnavailableException("timeout", new IllegalStateException());
        var node = new ReadyNode(CompletableFuture.failedStage(silence));
        // when
        PutResult result = put(node);
        // then
        assertThat(result).isEqualTo(new PutResult.Unavailable(Lookup.Reason.STORE_UNAVAILABLE));
        assertThat(node.published).singleElement().isInstanceOf(Event.Replaced.class);
    }

    @Test
    void shouldSayThatAValueWasReplacedOnlyIfThatWasFresh() {
        // given
        var store = new MemoryStore();
        var node = new ReadyNode(store);
        // when
        PutResult first = put(node);
        PutResult second = put(node);
        node.hears(ReadyNode.PUT_ONLY, "k", Mode.HARD);
        PutResult third = put(node);
        // then
        assertThat(first).isEqualTo(new PutResult.Stored(true));
        assertThat(second).isEqualTo(new PutResult.Stored(false));
        assertThat(third).isEqualTo(new PutResult.Stored(true));
    }

    private static PutResult put(ReadyNode node) {
        return node.paths
                .writes()
                .put(ReadyNode.PUT_ONLY, new EntryKey("k"), VALUE)
                .toCompletableFuture()
                .join();
    }
}
