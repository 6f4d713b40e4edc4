package io.freshet.infra.check.load;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Read;
import io.freshet.infra.check.instance.Api;
import io.freshet.infra.check.instance.Api.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reads from one node: plainly, past its memory, or with a commit or an invalidation that the
 * answer must know of. A read that fails is counted and not judged. One thread's.
 */
final class Reader implements Step {
    private static final Map<String, String> PAST_MEMORY = Map.of("Freshet-Tier", "l2");
    private static final Duration AFTER_FAILURE = Duration.ofMillis(50);

    private final Api node;
    private final Notes notes;
    private final RandomGenerator random;
    private final boolean patient;

    /**
     * What readers share.
     *
     * @param bulkIsRead whether they read the rows that are changed in bulk as well
     */
    record Notes(History history, Tally tally, Bounds bounds, AtomicBoolean bulkIsRead) {}

    /**
     * @param patient whether it reads the keys that may be slow to load, and only those
     */
    Reader(Api node, Notes notes, RandomGenerator random, boolean patient) {
        this.node = node;
        this.notes = notes;
        this.random = random;
        this.patient = patient;
    }

    private record Question(String key, String kind, Map<String, String> headers, long demanded) {}

    @Override
    public void step() throws InterruptedException {
        Question question = next();
        long started = System.nanoTime();
        try {
            Answer answer = node.get(Keys.NAMESPACE, question.key, question.headers);
            note(question, answer, started, System.nanoTime());
        } catch (IOException e) {
            notes.tally.count(Tally.Of.FAILED, "read: " + e.getClass().getSimpleName());
            Thread.sleep(AFTER_FAILURE);
        }
    }

    private Question next() {
        String key = key();
        int dice = random.nextInt(100);
        Bounds.@Nullable Bound bound = dice < 8 ? notes.bounds.any(random) : null;
        if (bound != null) {
            return new Question(
                    bound.key(),
                    bound.header(),
                    Map.of(bound.header(), bound.value()),
                    bound.known());
        }
        return dice < 25
                ? new Question(key, "past memory", PAST_MEMORY, Read.NOTHING_DEMANDED)
                : new Question(key, "plain", Map.of(), Read.NOTHING_DEMANDED);
    }

    private String key() {
        if (patient) {
            return Keys.item(Keys.slow(random));
        }
        return notes.bulkIsRead.get() && random.nextInt(5) == 0
                ? Bulk.key(random)
                : Keys.item(Keys.any(random));
    }

    private void note(Question question, Answer answer, long started, long ended)
            throws InterruptedException {
        if (!Observation.isAnswer(answer)) {
            notes.tally.count(
                    Tally.Of.FAILED,
                    "read: " + answer.json().path("code").asString("" + answer.status()));
            Thread.sleep(AFTER_FAILURE);
            return;
        }
        String by = Observation.by(node, answer, question.kind);
        notes.tally.count(Tally.Of.READS, by);
        new Observation(question.key, answer)
                .noteIn(
                        notes.history,
                        state -> new Read(state, started, ended, question.demanded, by));
    }

    @Override
    public void close() {}
}
