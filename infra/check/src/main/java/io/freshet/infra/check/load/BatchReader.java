package io.freshet.infra.check.load;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Read;
import io.freshet.infra.check.instance.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Reads many keys of one node in a request; each value is judged as a read of its own. */
final class BatchReader implements Step {
    static final int KEYS = 100;

    private static final String KIND = "batch";
    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

    private final Api node;
    private final History history;
    private final Tally tally;
    private final RandomGenerator random;

    BatchReader(Api node, History history, Tally tally, RandomGenerator random) {
        this.node = node;
        this.history = history;
        this.tally = tally;
        this.random = random;
    }

    @Override
    public void step() throws InterruptedException {
        Set<String> keys = HashSet.newHashSet(KEYS);
        for (int i = 0; i < KEYS; i++) {
            keys.add(Keys.item(Keys.any(random)));
        }
        long started = System.nanoTime();
        try {
            Map<String, Api.Answer> answers = node.getAll(Keys.NAMESPACE, keys);
            long ended = System.nanoTime();
            answers.forEach((key, answer) -> note(key, answer, started, ended));
            for (int i = answers.size(); i < keys.size(); i++) {
                tally.count(Tally.Of.FAILED, "read: in a batch");
            }
        } catch (IOException e) {
            tally.count(Tally.Of.FAILED, "batch: " + e.getClass().getSimpleName());
            Thread.sleep(AFTER_FAILURE);
        }
    }

    private void note(String key, Api.Answer answer, long started, long ended) {
        String by = Observation.by(node, answer, KIND);
        tally.count(Tally.Of.READS, by);
        new Observation(key, answer)
                .noteIn(
                        history,
                        state -> new Read(state, started, ended, Read.NOTHING_DEMANDED, by));
    }

    @Override
    public void close() {}
}
