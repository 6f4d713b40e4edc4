package io.freshet.engine.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Lookup;
import io.freshet.engine.NewValue;
import io.freshet.engine.source.Source;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A3: many keys in one question to the store. */
class ManyReadsTest {

    private final MemoryStore store = new MemoryStore();
    private final ReadyNode node = new ReadyNode(store);

    @Test
    void shouldAskTheStoreOnceAndAnswerInOrder() {
        // given
        put("a");
        put("b");

        // when
        List<Lookup> lookups = read(null, "b", "none", "a");

        // then
        assertThat(store.readTogether).containsExactly(keys("b", "none", "a"));
        assertThat(lookups).extracting(ManyReadsTest::shown).containsExactly("b", "-", "a");
    }

    @Test
    void shouldNotAskForNothing() {
        // when
        List<Lookup> lookups = read(null);

        // then
        assertThat(lookups).isEmpty();
        assertThat(store.readTogether).isEmpty();
    }

    @Test
    void shouldLoadWhatIsMissingOrInvalidated() {
        // given
        var source = new ScriptedSource();
        CompletableFuture<Lookup> first = node.reads(ReadyNode.SOURCED, "a", source);
        source.answers("old");
        assertThat(shown(first.join())).isEqualTo("old");
        node.hears(ReadyNode.SOURCED, "a", Mode.HARD);

        // when
        var lookups =
                node.paths
                        .reads()
                        .getAll(ReadyNode.SOURCED, keys("a"), source)
                        .toCompletableFuture();
        source.answers("new");

        // then
        assertThat(lookups.join()).extracting(ManyReadsTest::shown).containsExactly("new");
    }

    private void put(String key) {
        var value = new NewValue(key.getBytes(UTF_8), "text/plain", null, Set.of());
        node.paths
                .writes()
                .put(ReadyNode.PUT_ONLY, new EntryKey(key), value)
                .toCompletableFuture()
                .join();
    }

    private List<Lookup> read(@Nullable Source source, String... keys) {
        return node.paths
                .reads()
                .getAll(ReadyNode.PUT_ONLY, keys(keys), source)
                .toCompletableFuture()
                .join();
    }

    private static List<EntryKey> keys(String... keys) {
        return Stream.of(keys).map(EntryKey::new).toList();
    }

    private static String shown(Lookup lookup) {
        return lookup instanceof Lookup.Hit hit ? new String(hit.entry().value(), UTF_8) : "-";
    }
}
