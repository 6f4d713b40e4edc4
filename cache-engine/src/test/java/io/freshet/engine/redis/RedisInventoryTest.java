package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.engine.Inventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisInventoryTest {

    private TestRedis redis;
    private RedisInventory inventory;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
        inventory = new RedisInventory(redis.connections, redis.keys);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 1_000})
    void shouldShowEachKeyOnceWhateverThePages(int limit) {
        // given: equal TTLs and sizes, so that many stand at the same place
        IntStream.range(0, 300).forEach(i -> put("k%03d".formatted(i), Duration.ofMinutes(5)));

        // when
        List<String> keys = all(null, limit);

        // then
        assertThat(keys)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 300).mapToObj("k%03d"::formatted).toList());
    }

    @Test
    void shouldShowOnlyWhatMatches() {
        // given
        List.of("user:1", "user:2", "order:1").forEach(key -> put(key, Duration.ofMinutes(5)));

        // when
        List<String> keys = all(new KeyPattern("user:*"), 2);

        // then
        assertThat(keys).containsExactlyInAnyOrder("user:1", "user:2");
    }

    @Test
    void shouldShowWhatLivesAndNothingThatHasExpired() {
        // given
        put("short", Duration.ofMillis(1));
        put("long", Duration.ofMillis(900));

        // when
        List<String> keys = all(null, 10);

        // then
        assertThat(keys).containsExactly("long");
    }

    @Test
    void shouldKnowNothingOfAnEntryThatHasExpired() {
        // given
        put(ALICE.value(), Duration.ofMillis(1));

        // when
        var metadata = await(inventory.metadata(redis.known.of(USERS), ALICE));

        // then
        assertThat(metadata).isEmpty();
    }

    private void put(String key, Duration ttl) {
        await(redis.store.put(USERS, new EntryKey(key), entry(5, "v", ttl)));
    }

    private List<String> all(@Nullable KeyPattern pattern, int limit) {
        List<String> keys = new ArrayList<>();
        Inventory.Cursor from = null;
        do {
            Inventory.KeyPage page =
                    await(inventory.keys(redis.known.of(USERS), pattern, from, limit));
            page.keys().forEach(key -> keys.add(key.value()));
            from = page.next();
        } while (from != null);
        return keys;
    }
}
