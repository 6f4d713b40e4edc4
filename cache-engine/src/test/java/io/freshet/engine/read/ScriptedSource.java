package io.freshet.engine.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.source.Source;
import io.freshet.engine.source.SourceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A source whose loads the test answers, in the order in which they began. */
final class ScriptedSource implements Source {

    private final Deque<CompletableFuture<Loaded>> underWay = new ArrayDeque<>();
    private int loads;

    @Override
    public CompletionStage<Loaded> load(EntryKey key) {
        loads++;
        var load = new CompletableFuture<Loaded>();
        underWay.add(load);
        return load;
    }

    /** How many have begun. */
    int loads() {
        return loads;
    }

    void answers(String value) {
        underWay.remove()
                .complete(new Loaded.Value(value.getBytes(UTF_8), EntryHeader.JSON, Set.of()));
    }

    void answersThatThereIsNone() {
        underWay.remove().complete(new Loaded.Absent());
    }

    void fails() {
        underWay.remove()
                .completeExceptionally(
                        new SourceException(SourceException.Reason.UNAVAILABLE, "gone", null));
    }
}
