package io.freshet.engine.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.Bounds;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.namespace.NamespaceConfig;
import org.junit.jupiter.api.Test;

class HalfLivesTest {

    private static final Namespace USERS = new Namespace("users");
    private static final int HELD = 200;

    private final HalfLives halfLives = new HalfLives();

    @Test
    void shouldFindTheOneOfANamespaceByItsBound() {
        // when
        loop(within(new Bounds(HELD, 0, EvictionPolicy.LFU, 1 << 20)));

        // then
        assertThat(halfLives.of(USERS)).isEqualTo(HalfLife.LONG);
        assertThat(halfLives.of(new Namespace("others"))).isEqualTo(HalfLife.MIDDLE);
    }

    @Test
    void shouldFindItByWhatIsHeldWhereTheBoundIsInBytes() {
        // given
        halfLives.holds(USERS, HELD);

        // when
        loop(within(new Bounds(0, 1 << 20, EvictionPolicy.LFU, 1 << 20)));

        // then
        assertThat(halfLives.of(USERS)).isEqualTo(HalfLife.LONG);
    }

    @Test
    void shouldLookForNoneUnderAnotherPolicy() {
        // when
        loop(within(new Bounds(HELD, 0, EvictionPolicy.LRU, 1 << 20)));

        // then
        assertThat(halfLives.of(USERS)).isEqualTo(HalfLife.MIDDLE);
    }

    private void loop(NamespaceConfig config) {
        for (int i = 0; i < 30 * HELD; i++) {
            halfLives.used(config, new EntryKey("k" + i % (HELD * 5 / 4)), 1);
        }
    }

    private static NamespaceConfig within(Bounds bounds) {
        return NamespaceConfig.builder(USERS).bounds(bounds).build();
    }
}
