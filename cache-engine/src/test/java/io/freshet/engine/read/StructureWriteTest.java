package io.freshet.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Lookup;
import io.freshet.engine.NewValue;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.engine.structure.Applied;
import io.freshet.engine.structure.Attempt;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Lifetime;
import io.freshet.engine.structure.Question;
import io.freshet.engine.structure.StructureStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class StructureWriteTest {

    private static final EntryKey KEY = new EntryKey("k");
    private static final Changed.Done DONE = new Changed.Done(1, 1, List.of());

    private final MemoryStore store = new MemoryStore();
    private final ReadyNode node = new ReadyNode(store);
    private final Script script = new Script();

    @Test
    void shouldRegisterAndAnnounceWhatBegins() {
        // given
        script.answers.add(new Applied.Done(Stamp.of(1, 0), true, DONE));
        // when
        Changed changed = change(new Lifetime(null, Set.of(new Tag("t"))));
        // then
        assertThat(changed).isEqualTo(DONE);
        assertThat(script.attempts).extracting(Attempt::mode).containsExactly(Attempt.Mode.BEGIN);
        assertThat(node.registrations)
                .singleElement()
                .extracting(Registration::tags)
                .isEqualTo(Set.of(new Tag("t")));
        assertThat(node.published).singleElement().isInstanceOf(Event.Replaced.class);
    }

    @Test
    void shouldRegisterItAgainWithTheStampThatItGot() {
        // given
        script.answers.add(new Applied.Done(Stamp.of(1, 7), true, DONE));
        // when
        change(Lifetime.USUAL);
        // then
        assertThat(node.registrations)
                .extracting(Registration::stamp)
                .containsExactly(Stamp.of(1, 0), Stamp.of(1, 7));
    }

    @Test
    void shouldNeitherRegisterNorAnnounceAChangeOfWhatIsThere() {
        // given
        isThere();
        script.answers.add(new Applied.Done(Stamp.of(1, 0), false, DONE));
        // when
        change(Lifetime.USUAL);
        // then
        assertThat(script.attempts)
                .extracting(Attempt::mode)
                .containsExactly(Attempt.Mode.CHANGE_OR_AGAIN);
        assertThat(node.registrations).isEmpty();
        assertThat(node.published).isEmpty();
    }

    @Test
    void shouldRegisterAnotherExpiry() {
        // given
        isThere();
        script.answers.add(new Applied.Done(Stamp.of(1, 0), false, DONE));
        // when
        change(new Lifetime(Duration.ofHours(9), Set.of()));
        // then
        assertThat(script.attempts)
                .extracting(Attempt::mode)
                .containsExactly(Attempt.Mode.BEGIN_OR_EXTEND);
        assertThat(node.registrations).hasSize(1);
    }

    @Test
    void shouldThrowAwayWhatAnInvalidationHasMadeOutdated() {
        // given
        isThere();
        node.hears(ReadyNode.PUT_ONLY, "k", Mode.HARD);
        script.answers.add(new Applied.Done(Stamp.of(1, 1), true, DONE));
        // when
        change(Lifetime.USUAL);
        // then
        assertThat(script.attempts).extracting(Attempt::isOutdated).containsExactly(true);
        assertThat(script.attempts).extracting(Attempt::position).containsExactly(Stamp.of(1, 1));
        assertThat(node.registrations)
                .extracting(Registration::stamp)
                .containsExactly(Stamp.of(1, 1));
    }

    @Test
    void shouldRegisterBeforeItBeginsWhatWasTakenAwayMeanwhile() {
        // given
        isThere();
        script.answers.add(new Applied.Again());
        script.answers.add(new Applied.Done(Stamp.of(1, 0), true, DONE));
        // when
        change(Lifetime.USUAL);
        // then
        assertThat(script.attempts)
                .extracting(Attempt::mode)
                .containsExactly(Attempt.Mode.CHANGE_OR_AGAIN, Attempt.Mode.BEGIN);
        assertThat(node.registrations).hasSize(1);
    }

    @Test
    void shouldWaitForAnEvictionOfWhichItHasNotHeard() {
        // given
        isThere();
        script.answers.add(new Applied.Refused(Stamp.of(1, 1)));
        script.answers.add(new Applied.Done(Stamp.of(1, 1), false, DONE));
        CompletableFuture<Changed> changing = begin(Lifetime.USUAL);
        assertThat(changing).isNotDone();
        // when
        node.hears(ReadyNode.PUT_ONLY, "another", Mode.HARD);
        // then
        assertThat(changing).isCompletedWithValue(DONE);
        assertThat(script.attempts).extracting(Attempt::isOutdated).containsExactly(false, false);
    }

    @Test
    void shouldWaitForTheMarkerRatherThanThrowAwayWhatItCannotJudge() {
        // given an entry below all that this node and its bucket remember
        Instant later = node.now.plus(Duration.ofMinutes(5));
        var header = EntryHeader.unloaded(Kind.COUNTER, Stamp.ZERO, node.now, later, Set.of());
        store.put(ReadyNode.PUT_ONLY.name(), KEY, new Entry(header, new byte[8]));
        // when
        CompletableFuture<Changed> changing = begin(Lifetime.USUAL);
        // then
        assertThat(changing).isNotDone();
        assertThat(script.attempts).isEmpty();
        assertThat(node.timers).hasSize(1);
    }

    @Test
    void shouldAnnounceWhatTheStoreMayHaveBegun() {
        // given no answer
        // when
        Changed changed = change(Lifetime.USUAL);
        // then
        assertThat(changed).isEqualTo(new Changed.Unavailable(Lookup.Reason.STORE_UNAVAILABLE));
        assertThat(node.published).singleElement().isInstanceOf(Event.Replaced.class);
    }

    /** Of what kind it is makes no difference to the node: the store judges that. */
    private void isThere() {
        node.paths
                .writes()
                .put(
                        ReadyNode.PUT_ONLY,
                        KEY,
                        new NewValue(new byte[0], EntryHeader.JSON, null, Set.of()))
                .toCompletableFuture()
                .join();
        node.registrations.clear();
        node.published.clear();
    }

    private Changed change(Lifetime lifetime) {
        return begin(lifetime).join();
    }

    private CompletableFuture<Changed> begin(Lifetime lifetime) {
        return node.structures(script)
                .change(ReadyNode.PUT_ONLY, KEY, new Change.Increment(1), lifetime)
                .toCompletableFuture();
    }

    /** Answers attempts one after another, and then no more. */
    private static final class Script implements StructureStore {

        private final List<Attempt> attempts = new ArrayList<>();
        private final Deque<Applied> answers = new ArrayDeque<>();

        @Override
        public CompletionStage<Sight> look(Namespace namespace, EntryKey key, Question question) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Applied> change(
                Namespace namespace, EntryKey key, Change change, Attempt attempt) {
            assertThat(attempt.beginning().kind()).isEqualTo(Kind.COUNTER);
            attempts.add(attempt);
            return answers.isEmpty()
                    ? CompletableFuture.failedStage(
                            new StoreUnavailableException("away", new IllegalStateException()))
                    : CompletableFuture.completedStage(Objects.requireNonNull(answers.pollFirst()));
        }
    }
}
