package io.freshet.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitioningTest {

    private static final Namespace USERS = new Namespace("users");

    /** These numbers are part of the wire format: where a key lives must never change. */
    @Test
    void shouldHashAsEveryVersionDoes() {
        assertThat(KeyHash.of(USERS, new EntryKey("user_123"))).isEqualTo(5812270640374612291L);
        assertThat(KeyHash.of(USERS, new Tag("user_123"))).isEqualTo(-6010733633196486469L);
    }

    @Test
    void shouldSpreadKeysEvenly() {
        // given
        var partitioning = new Partitioning(4, 64);
        var counts = new int[64];

        // when
        IntStream.range(0, 64_000)
                .forEach(i -> counts[partitioning.bucketOf(USERS, new EntryKey("user_" + i))]++);

        // then
        assertThat(IntStream.of(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(800, 1200));
    }

    @Test
    void shouldGiveEachBucketToOnePartition() {
        // given
        var partitioning = new Partitioning(4, 64);

        // when / then
        IntStream.range(0, 1000)
                .mapToObj(i -> new EntryKey("k" + i))
                .forEach(key ->
                        assertThat(partitioning.partitionOf(USERS, key))
                                .isEqualTo(partitioning.bucketOf(USERS, key) % 4));
    }

    @Test
    void shouldRefuseCountsThatAreNoPowersOfTwo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Partitioning(3, 64));
        assertThatIllegalArgumentException().isThrownBy(() -> new Partitioning(4, 63));
        assertThatIllegalArgumentException().isThrownBy(() -> new Partitioning(8, 4));
    }
}
