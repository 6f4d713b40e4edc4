package io.freshet.warmer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Inventory;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.eviction.Usage;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.source.Loaded;
import io.freshet.warmer.OneNamespace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** X6: a sample from when it is picked until what is found of it is told. */
class VerifierTest {

    private static final EntryKey KEY = new EntryKey("1");
    private static final NamespaceConfig CITIES =
            NamespaceConfig.builder(new Namespace("cities"))
                    .source(
                            new SqlSourceConfig(
                                    "primary", "SELECT :key", Duration.ofSeconds(1), List.of()))
                    .build();
    private static final Duration SOON = Duration.ofMillis(5);

    /** An entry that does not survive an invalidation that its node knows of. */
    private static final Held KILLED =
            new Held(Instant.EPOCH, Stamp.of(1, 1), Stamp.of(1, 2), Stamp.of(1, 2), false, false);

    private final Told told = new Told();
    private final AtomicInteger reads = new AtomicInteger();
    private @Nullable Verifier verifier;

    @AfterEach
    void stop() {
        if (verifier != null) {
            verifier.close();
        }
    }

    @Test
    void shouldTellThatANodeSaysWhatTheSourceSays() {
        start(new Cached(0), _ -> value("new"), "new");

        await().until(() -> told.findings.contains(Finding.CONSISTENT));
        assertThat(told.violations).isEmpty();
    }

    @Test
    void shouldTellAWrongAnswerWithItsCause() {
        start(new Cached(0), _ -> value("new"), "old");

        await().until(() -> !told.violations.isEmpty());
        assertThat(told.findings).contains(Finding.VIOLATION);
        Violation violation = told.violations.element();
        assertThat(violation.cause()).isEqualTo(Cause.FILL);
        assertThat(violation.origin()).isEqualTo(Origin.CACHE);
        assertThat(violation.spot().key()).isEqualTo(KEY);
    }

    @Test
    void shouldTellThatTheSourceDidNotAnswer() {
        start(
                new Cached(0),
                _ -> reads.getAndIncrement() == 0 ? value("new") : Optional.empty(),
                "new");

        await().until(() -> told.findings.contains(Finding.FAILED));
    }

    @Test
    void shouldGoOnAfterWhatNobodyForesaw() {
        start(new Cached(1), _ -> value("new"), "new");

        await().until(() -> told.findings.contains(Finding.CONSISTENT));
    }

    private void start(Inventory inventory, Truth truth, String answer) {
        verifier =
                new Verifier(
                        new Plan(50, List.of(SOON), Set.of()),
                        new OneNamespace(CITIES),
                        inventory,
                        truth,
                        new OneNode(held(answer), KILLED),
                        new OneTrail(true, false, Here.NOTHING),
                        told,
                        InstantSource.system());
        verifier.start();
    }

    private static Answer held(String text) {
        return new Answer.Held(Content.Value.of(text.getBytes(UTF_8)), false);
    }

    private static Optional<Loaded> value(String text) {
        return Optional.of(new Loaded.Value(text.getBytes(UTF_8), EntryHeader.JSON, Set.of()));
    }

    private static final class Told implements Observer {

        private final Queue<Finding> findings = new ConcurrentLinkedQueue<>();
        private final Queue<Violation> violations = new ConcurrentLinkedQueue<>();

        @Override
        public void found(Namespace namespace, Duration after, Finding finding) {
            findings.add(finding);
        }

        @Override
        public void found(Violation violation) {
            violations.add(violation);
        }
    }

    /** Holds one key, after a number of questions that it cannot take. */
    private static final class Cached implements Inventory {

        private final AtomicInteger failures;

        Cached(int failures) {
            this.failures = new AtomicInteger(failures);
        }

        @Override
        public CompletionStage<Usage> usage(NamespaceConfig namespace) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<KeyPage> keys(
                NamespaceConfig namespace,
                @Nullable KeyPattern pattern,
                @Nullable Cursor from,
                int limit) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
            return CompletableFuture.completedStage(new KeyPage(List.of(KEY), null));
        }

        @Override
        public CompletionStage<Optional<Metadata>> metadata(
                NamespaceConfig namespace, EntryKey key) {
            var header =
                    EntryHeader.unloaded(
                            EntryHeader.Kind.VALUE,
                            Stamp.of(1, 1),
                            Instant.EPOCH,
                            Instant.MAX,
                            Set.of());
            return CompletableFuture.completedStage(
                    Optional.of(new Metadata(header, 1, 0, Duration.ZERO)));
        }
    }
}
