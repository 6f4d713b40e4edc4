package io.freshet.stream.expansion;

import static io.freshet.stream.expansion.Scene.key;
import static io.freshet.stream.expansion.Scene.ofKey;
import static io.freshet.stream.expansion.Scene.tag;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.position.Stamp;
import io.freshet.stream.expansion.RowImages.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** D3, {@code write}: which rows take the place of the entries that their changes make wrong. */
class RowImagesTest {

    private final Scene scene = new Scene();

    @Test
    void shouldHandOutARowWithTheEvictionOfItsKey() {
        // when
        Stamp at = scene.change("1", 10, "{\"v\":1}", "nl");
        // then
        Eviction.Replacement written = requireNonNull(scene.replacementAt(at));
        assertThat(written.key()).isEqualTo(key("1"));
        assertThat(written.row().json()).isEqualTo("{\"v\":1}");
        assertThat(written.through()).isEqualTo(at);
        assertThat(Duration.between(written.created(), written.hardExpiry()))
                .isEqualTo(Scene.TERMS.ttl());
    }

    @Test
    void shouldFindARowByItsTagsAsAnyEntry() {
        // given
        scene.change("1", 10, "{\"v\":1}", "nl");
        // when
        Stamp purge = scene.change(tag("nl"), 11);
        // then
        assertThat(scene.evictedAt(purge)).containsExactly("1");
    }

    @Test
    void shouldRefuseTheRowOfAChangeThatIsDeliveredAgainAfterALaterOne() {
        // given
        scene.change("1", 10, "{\"v\":1}");
        scene.change("1", 20, "{\"v\":2}");
        // when
        Stamp again = scene.change("1", 10, "{\"v\":1}");
        // then
        assertThat(scene.replacementAt(again)).isNull();
        assertThat(scene.evictedAt(again)).containsExactly("1");
        assertThat(scene.refusedRows()).containsExactly(Reason.OLDER);
    }

    @Test
    void shouldRefuseARowBehindALaterChangeWithoutOne() {
        // given
        scene.change(ofKey("1"), 20);
        // when
        Stamp again = scene.change("1", 10, "{\"v\":1}");
        // then
        assertThat(scene.replacementAt(again)).isNull();
    }

    @Test
    void shouldWriteEachRowOfATransactionAlsoWhenItIsDeliveredAgain() {
        // given
        scene.change(tag("nl"), 10);
        scene.change("1", 10, "{\"v\":1}");
        scene.change("2", 10, "{\"v\":2}");
        // when
        Stamp again = scene.change("1", 10, "{\"v\":1}");
        // then
        assertThat(scene.replacementAt(again)).isNotNull();
        assertThat(scene.refusedRows()).isEmpty();
    }

    @Test
    void shouldRememberOverARestartWhatWasReached() {
        // given
        scene.change("1", 20, "{\"v\":2}");
        scene.commit();
        scene.restartAt(1);
        // when
        Stamp again = scene.change("1", 10, "{\"v\":1}");
        Stamp next = scene.change("1", 30, "{\"v\":3}");
        // then
        assertThat(scene.replacementAt(again)).isNull();
        assertThat(scene.replacementAt(next)).isNotNull();
    }

    @Test
    void shouldRefuseRowsOfTransactionsThatAnInvalidationWithoutLsnMaySpeakOf() {
        // given
        scene.pass(Duration.ofSeconds(1));
        scene.invalidate(ofKey("2"));
        // when
        Stamp uncertain = scene.change("1", 10, "{\"v\":1}");
        scene.pass(Duration.ofSeconds(1));
        Stamp later = scene.change("1", 11, "{\"v\":2}");
        // then
        assertThat(scene.replacementAt(uncertain)).isNull();
        assertThat(scene.replacementAt(later)).isNotNull();
        assertThat(scene.refusedRows()).containsExactly(Reason.UNCERTAIN);
    }

    @Test
    void shouldRememberOverARestartThatSomethingIsUncertain() {
        // given
        scene.invalidate(ofKey("2"));
        scene.commit();
        scene.restartAt(1);
        // when
        Stamp uncertain = scene.change("1", 10, "{\"v\":1}");
        // then
        assertThat(scene.replacementAt(uncertain)).isNull();
    }

    @Test
    void shouldRefuseRowsOfTransactionsThatLostRecordsMaySpeakOf() {
        // given
        scene.lose(3);
        // when
        Stamp uncertain = scene.change("1", 10, "{\"v\":1}");
        // then
        assertThat(scene.replacementAt(uncertain)).isNull();
    }

    @Test
    void shouldRefuseARowThatItsNamespaceDoesNotTake() {
        // given
        String large = "{\"v\":\"%s\"}".formatted("é".repeat(20));
        // when
        Stamp at = scene.change("1", 10, large);
        // then
        assertThat(scene.replacementAt(at)).isNull();
        assertThat(scene.evictedAt(at)).containsExactly("1");
        assertThat(scene.refusedRows()).containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void shouldOnlyInvalidateWhenALaterPurgeIsRememberedFromBeforeARestart() {
        // given
        scene.change("1", 10, "{\"v\":1}", "nl");
        scene.change(tag("nl"), 11);
        scene.restartAt(0);
        scene.forgetOutput();
        // when
        Stamp again = scene.change("1", 11, "{\"v\":1}", "nl");
        // then
        assertThat(scene.replacementAt(again)).isNull();
        assertThat(scene.evictedAt(again)).containsExactly("1");
    }
}
