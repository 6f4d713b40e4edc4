package io.freshet.engine.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.engine.Lookup;
import io.freshet.engine.Lookup.Tier;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Refresh;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** E3, E4, E6: what is answered around the end of a TTL. */
class StaleReadsTest {

    private static final String KEY = "k";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final NamespaceConfig REVALIDATING =
            ReadyNode.refreshing(refresh(TEN_SECONDS, Duration.ZERO, 0, 0));
    private static final NamespaceConfig FAIL_SAFE =
            ReadyNode.refreshing(refresh(Duration.ZERO, TEN_SECONDS, 0, 0));

    private final MemoryStore store = new MemoryStore();
    private final ReadyNode node = new ReadyNode(store);
    private final ScriptedSource source = new ScriptedSource();

    private static Refresh refresh(
            Duration whileRevalidating, Duration ifError, double early, int ahead) {
        return new Refresh(
                whileRevalidating,
                ifError,
                early,
                ahead,
                Duration.ofSeconds(5),
                Duration.ofSeconds(3));
    }

    @Test
    void shouldAnswerAnExpiredValueMarkedStaleWhileItIsLoadedAnewOnce() {
        // given
        isCached(REVALIDATING, "old");
        node.pass(ReadyNode.TTL);
        // when
        Lookup first = read(REVALIDATING).join();
        Lookup second = read(REVALIDATING).join();
        source.answers("new");
        // then
        assertThat(shown(first)).isEqualTo("old stale");
        assertThat(shown(second)).isEqualTo("old stale");
        assertThat(source.loads()).isEqualTo(2);
        assertThat(shown(read(REVALIDATING).join())).isEqualTo("new");
    }

    @Test
    void shouldLoadBeforeItAnswersOnceTheValueIsTooOldToBeShown() {
        // given
        isCached(REVALIDATING, "old");
        node.pass(ReadyNode.TTL.plus(TEN_SECONDS));
        // when
        CompletableFuture<Lookup> read = read(REVALIDATING);
        // then
        assertThat(read).isNotDone();
        source.answers("new");
        assertThat(shown(read.join())).isEqualTo("new from source");
    }

    @Test
    void shouldNotAnswerAnInvalidatedValueWhileItIsLoadedAnew() {
        // given
        isCached(REVALIDATING, "old");
        node.pass(ReadyNode.TTL);
        node.hears(REVALIDATING, KEY, Mode.HARD);
        // when
        CompletableFuture<Lookup> read = read(REVALIDATING);
        // then
        assertThat(read).isNotDone();
    }

    @Test
    void shouldAnswerAnExpiredValueWhenItsSourceFails() {
        // given
        isCached(FAIL_SAFE, "old");
        node.pass(ReadyNode.TTL.plus(SECOND));
        // when
        CompletableFuture<Lookup> read = read(FAIL_SAFE);
        assertThat(read).isNotDone();
        source.fails();
        // then
        assertThat(shown(read.join())).isEqualTo("old stale");
    }

    @Test
    void shouldAnswerTheNewValueWhenItsSourceDoesNotFail() {
        // given
        isCached(FAIL_SAFE, "old");
        node.pass(ReadyNode.TTL.plus(SECOND));
        // when
        CompletableFuture<Lookup> read = read(FAIL_SAFE);
        source.answers("new");
        // then
        assertThat(shown(read.join())).isEqualTo("new from source");
    }

    @Test
    void shouldNotAnswerAnInvalidatedValueWhenItsSourceFails() {
        // given
        isCached(FAIL_SAFE, "old");
        node.pass(ReadyNode.TTL.plus(SECOND));
        node.hears(FAIL_SAFE, KEY, Mode.HARD);
        // when
        CompletableFuture<Lookup> read = read(FAIL_SAFE);
        source.fails();
        // then
        assertThat(read.join()).isInstanceOf(Lookup.Unavailable.class);
    }

    @Test
    void shouldNotAnswerAValueThatIsInvalidatedBeforeItsSourceFails() {
        // given
        isCached(FAIL_SAFE, "old");
        node.pass(ReadyNode.TTL.plus(SECOND));
        CompletableFuture<Lookup> read = read(FAIL_SAFE);
        node.hears(FAIL_SAFE, KEY, Mode.HARD);
        // when
        source.fails();
        // then
        assertThat(read.join()).isInstanceOf(Lookup.Unavailable.class);
    }

    @Test
    void shouldNotAnswerAnExpiredValueForEver() {
        // given
        isCached(FAIL_SAFE, "old");
        node.pass(ReadyNode.TTL.plus(TEN_SECONDS));
        // when
        CompletableFuture<Lookup> read = read(FAIL_SAFE);
        source.fails();
        // then
        assertThat(read.join()).isInstanceOf(Lookup.Unavailable.class);
    }

    @Test
    void shouldLoadAheadInTheBackgroundOnceTheShareOfTheTtlIsOver() {
        // given
        var ahead = ReadyNode.refreshing(refresh(Duration.ZERO, Duration.ZERO, 0, 80));
        isCached(ahead, "old");
        node.pass(Duration.ofSeconds(47));
        assertThat(shown(read(ahead).join())).isEqualTo("old");
        assertThat(source.loads()).isEqualTo(1);
        node.pass(SECOND);
        // when
        Lookup lookup = read(ahead).join();
        var _ = read(ahead).join();
        source.answers("new");
        // then
        assertThat(shown(lookup)).isEqualTo("old");
        assertThat(source.loads()).isEqualTo(2);
        assertThat(shown(read(ahead).join())).isEqualTo("new");
    }

    @Test
    void shouldNeverLetAHotKeyExpireWithXFetch() {
        // given a value that took a second to load
        var early = ReadyNode.refreshing(refresh(Duration.ZERO, Duration.ZERO, 1, 0));
        CompletableFuture<Lookup> first = read(early);
        node.pass(SECOND);
        source.answers("old");
        var _ = first.join();
        // when it is read a hundred times a second
        int expired = 0;
        int reads = 0;
        while (source.loads() < 2 && reads++ < 7_000) {
            node.pass(Duration.ofMillis(10));
            expired += read(early).isDone() ? 0 : 1;
        }
        // then
        assertThat(expired).isZero();
        assertThat(source.loads()).isEqualTo(2);
        assertThat(reads).isBetween(4_000, 5_999);
    }

    @Test
    void shouldRememberForItsTimeThatARowIsAbsent() {
        // given
        CompletableFuture<Lookup> first = read(FAIL_SAFE);
        source.answersThatThereIsNone();
        var _ = first.join();
        node.pass(Duration.ofSeconds(4));
        assertThat(read(FAIL_SAFE).join()).isInstanceOf(Lookup.Absent.class);
        assertThat(source.loads()).isEqualTo(1);
        // when
        node.pass(SECOND);
        var _ = read(FAIL_SAFE);
        // then
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void shouldSeeARowAsSoonAsItsInsertIsHeardOf() {
        // given
        CompletableFuture<Lookup> first = read(FAIL_SAFE);
        source.answersThatThereIsNone();
        var _ = first.join();
        node.hears(FAIL_SAFE, KEY, Mode.HARD);
        // when
        CompletableFuture<Lookup> read = read(FAIL_SAFE);
        source.answers("inserted");
        // then
        assertThat(shown(read.join())).isEqualTo("inserted from source");
    }

    @Test
    void shouldNotRememberThatARowIsAbsentForNoTime() {
        // given
        var forgetful =
                ReadyNode.refreshing(
                        new Refresh(
                                Duration.ZERO,
                                Duration.ZERO,
                                0,
                                0,
                                Duration.ZERO,
                                Duration.ofSeconds(3)));
        CompletableFuture<Lookup> first = read(forgetful);
        // when
        source.answersThatThereIsNone();
        // then
        assertThat(first.join()).isInstanceOf(Lookup.Absent.class);
        assertThat(store.entry(KEY)).isNull();
    }

    @Test
    void shouldRegisterAnEntryForAsLongAsTheStoreHoldsIt() {
        // when
        isCached(FAIL_SAFE, "value");
        // then
        assertThat(node.registrations)
                .singleElement()
                .satisfies(registration ->
                        assertThat(registration.hardExpiry())
                                .isEqualTo(node.now.plus(ReadyNode.TTL).plus(TEN_SECONDS)));
    }

    private void isCached(NamespaceConfig namespace, String value) {
        CompletableFuture<Lookup> read = read(namespace);
        source.answers(value);
        assertThat(read).isCompleted();
    }

    private CompletableFuture<Lookup> read(NamespaceConfig namespace) {
        return node.reads(namespace, KEY, source);
    }

    private static String shown(Lookup lookup) {
        return lookup instanceof Lookup.Hit(var entry, var tier, boolean stale, _)
                ? new String(entry.value(), UTF_8)
                        + (tier == Tier.SOURCE ? " from source" : "")
                        + (stale ? " stale" : "")
                : lookup.toString();
    }
}
