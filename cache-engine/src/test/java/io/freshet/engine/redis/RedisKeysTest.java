package io.freshet.engine.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.topic.Partitioning;
import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisKeysTest {

    private static final Namespace USERS = new Namespace("users");
    private static final Partitioning PARTITIONING = new Partitioning(4, 64);

    @Test
    void shouldNameEntriesAndMarkersByBucket() {
        // given
        var keys = new RedisKeys(PARTITIONING, "");

        // then
        assertThat(keys.entry(USERS, 17, new EntryKey("user_123")))
                .asString(UTF_8)
                .isEqualTo("cache:{users.17}:user_123");
        assertThat(keys.marker(USERS, 17)).asString(UTF_8).isEqualTo("mark:{users.17}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "{", "}", "a{b}c", "{}", "Zürich", ":", "x y"})
    void shouldKeepAnEntryInTheSlotOfItsMarkerWhateverItsKeyAndPrefix(String text) {
        // given
        var key = new EntryKey(text);
        var keys = new RedisKeys(PARTITIONING, "test-1:");

        // when
        int bucket = keys.bucketOf(USERS, key);

        // then
        assertThat(SlotHash.getSlot(keys.entry(USERS, key)))
                .isEqualTo(SlotHash.getSlot(keys.marker(USERS, bucket)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "a}", "a b", "ü"})
    void shouldRefuseAPrefixThatWouldChangeTheSlot(String prefix) {
        assertThatThrownBy(() -> new RedisKeys(PARTITIONING, prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("freshet.redis.prefix");
    }
}
