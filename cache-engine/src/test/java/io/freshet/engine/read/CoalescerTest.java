package io.freshet.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.store.PutOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoalescerTest {

    private final ReadyNode node =
            new ReadyNode(CompletableFuture.completedStage(new PutOutcome(true, Stamp.ZERO)));
    private final AtomicInteger loads = new AtomicInteger();

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
        assertThat(loads).hasValue(2);
    }

    /** Of a source that does not answer. */
    private void read() {
        node.paths
                .reads()
                .get(
                        ReadyNode.SOURCED,
                        new EntryKey("k"),
                        _ -> {
                            loads.incrementAndGet();
                            return new CompletableFuture<Loaded>();
                        },
                        ReadOptions.DEFAULT);
    }
}
