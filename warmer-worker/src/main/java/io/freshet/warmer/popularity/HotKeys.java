package io.freshet.warmer.popularity;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether a key is among those asked for most, as of the last seconds: sorting for each question
 * would cost too much. Thread-safe.
 */
public final class HotKeys {

    private static final Duration KEPT = Duration.ofSeconds(10);

    private record Question(Namespace namespace, int top) {}

    private record Answer(Instant at, Set<EntryKey> keys) {}

    private final Popularity popularity;
    private final InstantSource clock;
    private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

    public HotKeys(Popularity popularity, InstantSource clock) {
        this.popularity = popularity;
        this.clock = clock;
    }

    /** Whether the key is one of so many. */
    public boolean contains(Namespace namespace, EntryKey key, int top) {
        return top > 0 && of(new Question(namespace, top)).contains(key);
    }

    private Set<EntryKey> of(Question question) {
        Instant now = clock.instant();
        return answers.compute(
                        question,
                        (_, known) ->
                                known != null && now.isBefore(known.at().plus(KEPT))
                                        ? known
                                        : new Answer(now, ask(question)))
                .keys();
    }

    private Set<EntryKey> ask(Question question) {
        return Set.copyOf(popularity.top(question.namespace(), question.top()));
    }
}
