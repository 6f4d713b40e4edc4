package io.freshet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.eviction.Touches;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.read.ReadyNode;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Found;
import io.freshet.engine.structure.Lifetime;
import io.freshet.engine.structure.Question;
import io.freshet.engine.structure.Structures;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class NotedStructuresTest {

    private static final EntryKey KEY = new EntryKey("visits");

    private final Touches touches = new Touches(Touches.PLACES);
    private final Structures noted =
            new NotedStructures(new OneCounter(), new KnownNamespaces(), touches);

    @Test
    void shouldNoteWhatIsReadAsUsed() {
        // when
        ask(ReadOptions.DEFAULT);

        // then
        assertThat(touches.drain()).extracting(Touches.Note::key).containsExactly(KEY);
    }

    @Test
    void shouldNoteNothingOfAProbe() {
        // when
        Found found = ask(ReadOptions.DEFAULT.asProbe());

        // then
        assertThat(found).isInstanceOf(Found.Part.class);
        assertThat(touches.drain()).isEmpty();
    }

    private Found ask(ReadOptions options) {
        return noted.ask(ReadyNode.PUT_ONLY, KEY, new Question.Value(), options)
                .toCompletableFuture()
                .join();
    }

    private record OneCounter() implements Structures {

        @Override
        public CompletionStage<Changed> change(
                NamespaceConfig namespace, EntryKey key, Change change, Lifetime lifetime) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Found> ask(
                NamespaceConfig namespace, EntryKey key, Question question, ReadOptions options) {
            var header =
                    EntryHeader.unloaded(
                            EntryHeader.Kind.COUNTER,
                            Stamp.of(1, 0),
                            Instant.EPOCH,
                            Instant.MAX,
                            Set.of());
            return CompletableFuture.completedStage(
                    new Found.Part(header, 1, null, List.of(new byte[] {'5'})));
        }
    }
}
