package io.freshet.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.source.Source;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoredEntry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoalescerTest {

    private final ReadyNode node =
            new ReadyNode(
                    CompletableFuture.completedStage(
                            new PutOutcome.Stored(new StoredEntry(null, null), Stamp.ZERO)));
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger loadsOfPrimary = new AtomicInteger();
    private final Source silent = new Silent();

    @Test
    void shouldShareALoadWithinTheWindow() {
        // given
        read();
        node.now = node.now.plus(ReadyNode.WINDOW);
        // when
        read();
        // then
        assertThat(loads).hasValue(1);
    }

    @Test
    void shouldNotShareALoadThatMayHaveReadItsSourceBeforeTheWindow() {
        // given
        read();
        node.now = node.now.plus(ReadyNode.WINDOW).plusMillis(1);
        // when
        read();
        // then
        assertThat(loads).hasValue(1);
        assertThat(loadsOfPrimary).hasValue(1);
    }

    @Test
    void shouldNotShareALoadThatAStandbyMayAnswerOutsideTheWindow() {
        // given
        node.now = node.now.plus(ReadyNode.WINDOW);
        read();
        node.now = node.now.plusMillis(1);
        // when
        read();
        read();
        // then
        assertThat(loads).hasValue(1);
        assertThat(loadsOfPrimary).hasValue(1);
    }

    private void read() {
        node.paths.reads().get(ReadyNode.SOURCED, new EntryKey("k"), silent, ReadOptions.DEFAULT);
    }

    /** A source with a standby; neither answers. */
    private final class Silent implements Source {

        private final Source primary = _ -> unanswered(loadsOfPrimary);

        @Override
        public CompletionStage<Loaded> load(EntryKey key) {
            return unanswered(loads);
        }

        @Override
        public Source ofPrimary() {
            return primary;
        }

        private static CompletionStage<Loaded> unanswered(AtomicInteger count) {
            count.incrementAndGet();
            return new CompletableFuture<>();
        }
    }
}
